package net.twinpath.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;

/** Threads pinned to cores, against what the kernel tells of them. */
class CpuAffinityTest {
    @Test
    void aThreadIsPinnedToTheCore() throws Exception {
        for (int core : CpuAffinity.usableCores()) {
            String allowed = onOwnThread(() -> {
                CpuAffinity.pin(core);
                return allowedCores();
            });

            assertThat(allowed).isEqualTo(Integer.toString(core));
        }
    }

    @Test
    void askingLeavesTheThreadWhereItIs() throws Exception {
        String before = allowedCores();

        assertThat(CpuAffinity.usableCores()).isNotEmpty();
        assertThat(allowedCores()).isEqualTo(before);
    }

    /** Asked by a thread that is pinned, as one of a program that was started on a few cores is. */
    @Test
    void coresThatTheThreadIsKeptFromAreUsable() throws Exception {
        var all = CpuAffinity.usableCores();

        assertThat(onOwnThread(() -> {
                    CpuAffinity.pin(all.first());
                    return CpuAffinity.usableCores();
                }))
                .isEqualTo(all);
    }

    @Test
    void aCoreThatDoesNotExistIsRefused() {
        int core = CpuAffinity.MAX_CORES - 1;

        assertThat(CpuAffinity.usableCores()).doesNotContain(core);
        assertThatThrownBy(() -> onOwnThread(() -> {
                    CpuAffinity.pin(core);
                    return "";
                }))
                .rootCause()
                .isInstanceOfSatisfying(
                        ErrnoException.class,
                        e -> assertThat(e.is(Errno.EINVAL)).isTrue())
                .hasMessageStartingWith("sched_setaffinity(core 8191): EINVAL");
    }

    private static <T> T onOwnThread(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task, "pinned").start();
        return task.get();
    }

    private static String allowedCores() throws Exception {
        String key = "Cpus_allowed_list:";
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .findFirst()
                .orElseThrow();
    }
}
