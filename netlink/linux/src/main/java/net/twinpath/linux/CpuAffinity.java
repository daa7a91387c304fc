package net.twinpath.linux;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The cores that threads run on (sched_setaffinity(2)).
 *
 * <p>The mask is an array of {@code unsigned long}: core {@code n} is bit {@code n % 64} of word {@code n / 64}.
 */
public final class CpuAffinity {
    /** Cores that any Linux is built for ({@code NR_CPUS} in arch/x86/Kconfig is 8192 at most). */
    public static final int MAX_CORES = 8192;

    private static final int CALLING_THREAD = 0;
    private static final int MASK_BYTES = MAX_CORES / Byte.SIZE;

    private CpuAffinity() {}

    /**
     * Has the calling thread run on one core only, from now on.
     *
     * @param core number of the core, from 0
     * @throws ErrnoException EINVAL when there is no such core, or the process's cpuset does not hold it
     */
    public static void pin(int core) {
        UnsafeBuffer mask = NativeBuffers.allocate(MASK_BYTES);
        mask.putLong(core / Long.SIZE * Long.BYTES, 1L << core % Long.SIZE);
        set(mask, "core " + core);
    }

    private static void set(UnsafeBuffer mask, String argument) {
        int result = LibC.INSTANCE.sched_setaffinity(CALLING_THREAD, MASK_BYTES, mask.addressOffset());
        ErrnoException.check(result, "sched_setaffinity", argument);
    }

    /**
     * The cores that a thread may be pinned to now. Those that the kernel schedules nothing on by itself ({@code isolcpus})
     * are among them, although no thread begins with them, so another thread asks for all and looks at what it got.
     *
     * @throws ErrnoException EPERM where a filter of system calls forbids pinning
     */
    public static SortedSet<Integer> usableCores() {
        AtomicReference<@Nullable ErrnoException> failure = new AtomicReference<>();
        SortedSet<Integer> cores = new TreeSet<>();
        Thread asking = new Thread(
                () -> {
                    try {
                        cores.addAll(askForAll());
                    } catch (ErrnoException e) {
                        failure.set(e);
                    }
                },
                "usable-cores");
        asking.start();
        join(asking);
        ErrnoException thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
        return cores;
    }

    private static SortedSet<Integer> askForAll() {
        UnsafeBuffer mask = NativeBuffers.allocate(MASK_BYTES);
        mask.setMemory(0, MASK_BYTES, (byte) 0xFF);
        set(mask, "all cores");
        int result = LibC.INSTANCE.sched_getaffinity(CALLING_THREAD, MASK_BYTES, mask.addressOffset());
        ErrnoException.check(result, "sched_getaffinity", "own thread");
        return IntStream.range(0, MAX_CORES)
                .filter(core -> (mask.getLong(core / Long.SIZE * Long.BYTES) >>> core % Long.SIZE & 1) != 0)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
