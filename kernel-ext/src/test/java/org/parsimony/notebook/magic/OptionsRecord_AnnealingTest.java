package org.parsimony.notebook.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parsimony.annealing.Annealing;
import org.parsimony.base.Describe;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class OptionsRecord_AnnealingTest {

    private final OptionsRecord<Annealing.Options> record = new OptionsRecord<>(Annealing.Options.class);

    @Test
    void aListOfLayersIsWrittenWithCommas() {
        Annealing.Options options = parse("--layers", "0,3", "--loop-length=20", "--neighbourhood", "within_row");
        assertEquals(List.of(0, 3), options.layers());
        assertEquals(20, options.cooling().loopLength());
        assertEquals(Annealing.Neighbourhood.WITHIN_ROW, options.neighbourhood());
        assertEquals(new Annealing.Options(), parse());
    }

    @Test
    void everyComponentIsDescribed() {
        Arrays.stream(Annealing.Options.class.getRecordComponents())
                .forEach(component -> assertNotNull(component.getAnnotation(Describe.class), component.getName()));
        assertTrue(
                Arrays.asList(record.options().get(2).description()).toString().contains("default none"));
    }

    private Annealing.Options parse(String... arguments) {
        CommandSpec spec = CommandSpec.create();
        record.options().forEach(spec::addOption);
        return record.from(
                new CommandLine(spec).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments));
    }
}
