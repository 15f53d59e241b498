package org.parsimony.notebook.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.base.Describe;
import org.parsimony.notebook.FakeNotebook;
import org.parsimony.optinet.Complexity;
import org.parsimony.optinet.OptiNET;
import org.parsimony.optinet.OptiNetOutcome;
import org.parsimony.optinet.Sizing;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class OptionsRecord_OptiNetTest {

    private final OptionsRecord<OptiNET.Options> record = new OptionsRecord<>(OptiNET.Options.class);

    /** The magic with a method that only remembers what it was given. */
    private final List<OptiNET.Options> seen = new ArrayList<>();

    private final MethodMagic<OptiNET.Options> optinet = new MethodMagic<>(
            new FakeNotebook(),
            "optinet",
            "sizes layers",
            OptiNET.Options.class,
            OptiNetOutcome.class,
            (model, data, options, progress) -> {
                seen.add(options);
                return null;
            });

    @Test
    void everyComponentIsADescribedOptionWithItsDefault() {
        RecordComponent[] components = OptiNET.Options.class.getRecordComponents();
        List<OptionSpec> options = record.options();
        assertEquals(components.length, options.size());
        for (int i = 0; i < components.length; i++) {
            Describe text = components[i].getAnnotation(Describe.class);
            assertNotNull(text, components[i].getName() + " has no @Describe");
            assertFalse(text.value().isBlank() || text.value().endsWith("."), text.value());
            assertTrue(optinet.usage().contains(options.get(i).longestName()), optinet.usage());
        }
        assertEquals("--fine-tune-epochs", OptionsRecord.option("fineTuneEpochs"));
        assertTrue(optinet.usage().replaceAll("\\s+", " ").contains("at least 1; default 10"), optinet.usage());
    }

    @Test
    void withoutArgumentsTheRecordIsTheDefault() {
        assertEquals(new OptiNET.Options(), parse());
    }

    @Test
    void argumentsReachTheirComponents() {
        OptiNET.Options options = parse(
                "--sizing",
                Sizing.values()[0].name().toLowerCase(java.util.Locale.ROOT),
                "--class-bits=EXACT",
                "--max-correlation",
                "0.5",
                "--fine-tune-epochs",
                "3",
                "--seed",
                "7");
        assertEquals(Sizing.values()[0], options.sizing());
        assertEquals(Complexity.ClassBits.EXACT, options.classBits());
        assertEquals(0.5, options.maxCorrelation());
        assertEquals(3, options.fineTuneEpochs());
        assertEquals(10, options.epochs());
        assertEquals(7, options.seed());
        assertEquals(7, record.seed(options));
    }

    @Test
    void aWrongValueNamesOptionValueAndRange() {
        assertComplaint("--bins is 1, but must be at least 2", "--bins", "1");
        assertComplaint("--tolerance is 2, but must lie between 0 and 1", "--tolerance", "2");
        assertComplaint("--fine-tune-epochs is 0, but must be at least 1", "--fine-tune-epochs", "0");
        assertComplaint(
                "--bins is many, but must be a whole number (bins of the activations' quantiser, at least 2; default 16)",
                "--bins",
                "many");
        assertComplaint("--class-bits is HALF, but must be one of WHOLE, EXACT", "--class-bits", "HALF");
        assertComplaint(
                "there is no option --fine-tune-epoch; did you mean --fine-tune-epochs", "--fine-tune-epoch", "1");
        assertTrue(seen.isEmpty());
    }

    @Test
    void whatTheMethodIsGivenIsCheckedToo() {
        assertEquals(
                true,
                assertThrows(IllegalArgumentException.class, () -> optinet.run(List.of(), null))
                        .getMessage()
                        .startsWith("--dataset is missing; it must be one of mnist"));
        assertEquals(
                true,
                assertThrows(IllegalArgumentException.class, () -> optinet.run(List.of("--dataset", "mnits"), null))
                        .getMessage()
                        .startsWith("--dataset is mnits, but must be one of mnist"));
    }

    @Test
    void tabCompletesOptionsAndTheirValues() {
        assertEquals(List.of("--fine-tune-epochs"), optinet.complete(List.of("--dataset", "mnist"), "--fi"));
        assertEquals(List.of("WHOLE", "EXACT"), optinet.complete(List.of("--class-bits"), ""));
        assertEquals(List.of("--class-bits=EXACT"), optinet.complete(List.of(), "--class-bits=e"));
        assertEquals(List.of("mnist"), optinet.complete(List.of("--dataset"), "mni"));
        assertFalse(optinet.complete(List.of("--dataset", "mnist"), "--").contains("--dataset"));
        assertTrue(optinet.complete(List.of(), "--").contains("--help"));
    }

    private OptiNET.Options parse(String... arguments) {
        CommandSpec spec = CommandSpec.create();
        record.options().forEach(spec::addOption);
        return record.from(
                new CommandLine(spec).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments));
    }

    private void assertComplaint(String begins, String... arguments) {
        List<String> words = new ArrayList<>(List.of("--dataset", "mnist"));
        words.addAll(List.of(arguments));
        String message = assertThrows(IllegalArgumentException.class, () -> optinet.run(words, null))
                .getMessage();
        assertTrue(message.startsWith(begins), message);
    }
}
