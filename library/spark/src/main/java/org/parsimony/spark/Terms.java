package org.parsimony.spark;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.parsimony.base.Json;
import org.parsimony.base.Records;

/**
 * What a worker must hold to, so that its rows are those of the driver.
 *
 * @param data by the name in a recipe, the SHA-256 over the files of the data set
 * @param origins by the name in a recipe, the path of data or networks of one's own; what has none is known by its name
 * @param products BLAS and kernel of the driver, for example {@code OpenBLAS 0.3.19 SkylakeX}; empty for any
 * @param commit of the library
 */
record Terms(Map<String, String> data, Map<String, String> origins, String products, String commit) {

    String json() {
        SortedMap<String, Object> map = new TreeMap<>(Records.write(this));
        return Json.write(map);
    }

    static Terms of(String json) {
        return Records.read("terms", Json.readObject("terms", json), Terms.class, null);
    }
}
