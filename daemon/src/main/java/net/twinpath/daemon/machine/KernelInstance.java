package net.twinpath.daemon.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which start of the kernel, and which network namespace, what is kept in files holds for. */
public final class KernelInstance {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/net");

    private KernelInstance() {}

    /** Made anew at each start of the kernel. */
    public static String boot() throws IOException {
        return ProcFile.read(BOOT_ID);
    }

    /** {@code net:[NUMBER]}. */
    public static String namespace() throws IOException {
        return Files.readSymbolicLink(NAMESPACE).toString();
    }
}
