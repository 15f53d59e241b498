package org.parsimony.network.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Of OpenBLAS only what {@link ProductCheck} has checked is called. The rest can be wrong on a processor without anybody
 * noticing: the triangular solvers of 0.3.19 for AVX-512 are, and with them LAPACK's Cholesky factors and eigenvalues.
 */
class OpenBlas_CheckedCallsTest {

    @Test
    void onlyWhatIsCheckedIsCalled() {
        Set<String> called = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.parsimony").stream()
                        .flatMap(each -> each.getMethodCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().getPackageName().startsWith("org.bytedeco.openblas"))
                        .map(JavaMethodCall::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(called.remove("blas_set_num_threads"));
        assertEquals(Set.of("cblas_sgemm", "cblas_dgemm", "cblas_sgemv", "cblas_saxpy"), called);
    }
}
