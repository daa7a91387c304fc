package net.twinpath.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.twinpath.config.toml.Quoted;

/**
 * The names of kernel settings as sysctl(8) writes them: dots between the parts, and a slash where the name of an
 * interface has a dot.
 */
final class SysctlKey {
    /** What frames and the programs that carry them depend on; the other trees have nothing to do with that. */
    private static final List<String> ROOTS = List.of("net", "vm", "kernel", "fs");

    private static final Pattern PART = Pattern.compile("[\\x21-\\x7E&&[^.]]+");

    /** Files that do something when they are written, and have no value that could be restored. */
    private static final List<String> COMMANDS = List.of(
            "vm.compact_memory",
            "vm.drop_caches",
            "vm.stat_refresh",
            "net.ipv4.route.flush",
            "net.ipv6.route.flush",
            "fs.binfmt_misc.register",
            "fs.binfmt_misc.status",
            "kernel.ns_last_pid");

    /** Locks: once they are set the kernel lets nobody take them back (Documentation/admin-guide/sysctl/kernel.rst). */
    private static final List<String> LOCKS = List.of(
            "kernel.kexec_load_disabled",
            "kernel.kexec_load_limit_panic",
            "kernel.kexec_load_limit_reboot",
            "kernel.modules_disabled",
            "kernel.unprivileged_bpf_disabled",
            "kernel.yama.ptrace_scope",
            "vm.memfd_noexec");

    private static final int MAX_LENGTH = 255;

    private SysctlKey() {}

    /** Says what is wrong with a key that was written as several keys of TOML with dots between. */
    static Optional<String> objectionToParts(List<String> parts) {
        boolean ambiguous = parts.size() > 1 && parts.stream().anyMatch(part -> part.contains("."));
        String whole = String.join(
                ".", parts.stream().map(part -> part.replace('.', '/')).toList());
        return ambiguous ? Optional.of("a part of the key has a dot; write " + Quoted.of(whole)) : Optional.empty();
    }

    /** Says what is wrong with a key and what would be right; empty when nothing is. */
    static Optional<String> objectionTo(String key) {
        int dot = key.indexOf('.');
        int slash = key.indexOf('/');
        if (slash >= 0 && (dot < 0 || slash < dot)) {
            return Optional.of(
                    "write the key with dots, and slashes only for dots in names: " + Quoted.of(exchanged(key)));
        } else if (!isWellFormed(key)) {
            return Optional.of("is no kernel setting; it has parts with dots between, such as \"net.core.rmem_max\"");
        } else if (!ROOTS.contains(key.substring(0, dot))) {
            return Optional.of("only settings below "
                    + AllowedValues.alternatives(
                            ROOTS.stream().map(root -> root + ".").toList())
                    + " may be set here, which networking depends on");
        } else if (COMMANDS.contains(key)) {
            return Optional.of("is a command to the kernel, not a setting; nothing could be restored at stop");
        } else if (LOCKS.contains(key)) {
            return Optional.of("may not be taken back before the next boot, so it could not be restored at stop; a file"
                    + " in /etc/sysctl.d is the place for it");
        }
        return Optional.empty();
    }

    private static boolean isWellFormed(String key) {
        String[] parts = key.split("\\.", -1);
        return key.length() <= MAX_LENGTH
                && parts.length >= 2
                && Arrays.stream(parts).allMatch(SysctlKey::isPart);
    }

    /** Whether a part is the name of one file: a slash in it stands for a dot, and two of them would be its parent. */
    private static boolean isPart(String part) {
        return PART.matcher(part).matches() && !part.equals("/") && !part.equals("//");
    }

    private static String exchanged(String key) {
        return key.replace('.', '\0').replace('/', '.').replace('\0', '/');
    }
}
