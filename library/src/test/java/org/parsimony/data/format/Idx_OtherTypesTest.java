package org.parsimony.data.format;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parsimony.data.DataException;

/** IDX files of other types than unsigned bytes are refused by the name of their type. */
class Idx_OtherTypesTest {

    @ParameterizedTest
    @CsvSource({
        "9, signed bytes (type 0x09 at byte 2)",
        "11, whole numbers of 16 bits (type 0x0b",
        "12, whole numbers of 32 bits (type 0x0c",
        "13, floats of 32 bits (type 0x0d",
        "14, floats of 64 bits (type 0x0e",
        "10, begins with 00 00 0a 01"
    })
    void theTypeIsNamed(byte type, String said) {
        byte[] content = {0, 0, type, 1, 0, 0, 0, 1, 7, 0, 0, 0, 0, 0, 0, 0};
        DataException e = assertThrows(DataException.class, () -> Idx.decode("a.idx", content));
        assertTrue(e.getMessage().startsWith("a.idx: ") && e.getMessage().contains(said), e.getMessage());
    }
}
