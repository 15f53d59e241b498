package org.parsimony.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.parsimony.base.Require;

/**
 * A registered data set's name with fewer samples to judge by after colons, {@code mnist:validation=500:test=500}: a run that
 * only tries something out need not look at ten thousand images. Rows of it have the whole text as their data set, so that they
 * are never taken for rows of the data set itself.
 *
 * @param name in the registry
 * @param validation most samples of the validation split
 * @param test most samples of the test split
 */
record Parts(String name, int validation, int test) {

    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9-]+)((?::\\w+=[^:]*)*)");
    private static final Pattern OPTION = Pattern.compile(":(\\w+)=([^:]*)");
    /** Which samples are drawn is the same for everybody. */
    private static final long SEED = 1;

    /**
     * What {@code text} says; null if no registered name stands before the first colon.
     *
     * @throws IllegalArgumentException if something else than {@code validation=N} and {@code test=N}, N at least 1, comes after
     */
    static Parts of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches() || !Registry.entries().containsKey(parts.group(1))) {
            return null;
        }
        int validation = Integer.MAX_VALUE;
        int test = Integer.MAX_VALUE;
        Matcher option = OPTION.matcher(parts.group(2));
        while (option.find()) {
            String key = option.group(1);
            String value = option.group(2);
            Require.that(
                    (key.equals("validation") || key.equals("test")) && value.matches("[1-9]\\d{0,8}"),
                    "\"%s\" says %s=%s, but after %s there may be validation=N and test=N, samples of at least 1",
                    text,
                    key,
                    value,
                    parts.group(1));
            if (key.equals("test")) {
                test = Integer.parseInt(value);
            } else {
                validation = Integer.parseInt(value);
            }
        }
        return new Parts(parts.group(1), validation, test);
    }

    /** The data set with no more samples than that, under the name {@code text}. */
    Dataset of(Dataset whole, String text) {
        return text.equals(name)
                ? whole
                : whole.limited(
                                whole.train().size(),
                                Math.min(validation, whole.validation().size()),
                                Math.min(test, whole.test().size()),
                                SEED)
                        .renamed(text);
    }
}
