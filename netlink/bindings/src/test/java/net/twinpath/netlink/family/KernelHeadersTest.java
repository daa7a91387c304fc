package net.twinpath.netlink.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.family.ethtool.ChannelsGetReply;
import net.twinpath.netlink.family.ethtool.CoalesceGetReply;
import net.twinpath.netlink.family.ethtool.Ethtool;
import net.twinpath.netlink.family.ethtool.FeaturesGetReply;
import net.twinpath.netlink.family.ethtool.FeaturesSetReply;
import net.twinpath.netlink.family.ethtool.LinkmodesGetReply;
import net.twinpath.netlink.family.ethtool.LinkstateGetReply;
import net.twinpath.netlink.family.ethtool.PauseGetReply;
import net.twinpath.netlink.family.ethtool.RingsGetReply;
import net.twinpath.netlink.family.ethtool.StrsetGetReply;
import net.twinpath.netlink.family.nlctrl.GetfamilyReply;
import net.twinpath.netlink.family.rtaddr.GetaddrReply;
import net.twinpath.netlink.family.rtlink.GetlinkReply;
import net.twinpath.netlink.family.rtlink.RtLink;
import net.twinpath.netlink.family.rtroute.GetrouteReply;
import net.twinpath.netlink.family.tc.GettfilterReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every generated number against the kernel headers of this machine, as a C compiler reads them. */
class KernelHeadersTest {
    private static final List<String> HEADERS = List.of(
            "sys/socket.h",
            "linux/ethtool.h",
            "linux/ethtool_netlink.h",
            "linux/genetlink.h",
            "linux/if.h",
            "linux/if_addr.h",
            "linux/if_bonding.h",
            "linux/if_ether.h",
            "linux/if_link.h",
            "linux/if_vlan.h",
            "linux/netlink.h",
            "linux/pkt_cls.h",
            "linux/pkt_sched.h",
            "linux/rtnetlink.h",
            "linux/veth.h");

    /** Names of ours that are no names of the kernel. */
    private static final Set<String> OWN = Set.of("PROTOCOL", "VERSION", "TYPE", "COMMAND", "LENGTH");

    /** Replies whose constant has another name in the header than the reply has here. */
    private static final Map<String, Integer> REPLIES = Map.ofEntries(
            Map.entry("RTM_NEWLINK", GetlinkReply.TYPE),
            Map.entry("RTM_NEWADDR", GetaddrReply.TYPE),
            Map.entry("RTM_NEWROUTE", GetrouteReply.TYPE),
            Map.entry("RTM_NEWTFILTER", GettfilterReply.TYPE),
            Map.entry("CTRL_CMD_NEWFAMILY", GetfamilyReply.COMMAND),
            Map.entry("ETHTOOL_MSG_STRSET_GET_REPLY", StrsetGetReply.COMMAND),
            Map.entry("ETHTOOL_MSG_LINKMODES_GET_REPLY", LinkmodesGetReply.COMMAND),
            Map.entry("ETHTOOL_MSG_LINKSTATE_GET_REPLY", LinkstateGetReply.COMMAND),
            Map.entry("ETHTOOL_MSG_FEATURES_GET_REPLY", FeaturesGetReply.COMMAND),
            Map.entry("ETHTOOL_MSG_FEATURES_SET_REPLY", FeaturesSetReply.COMMAND),
            Map.entry("ETHTOOL_MSG_RINGS_GET_REPLY", RingsGetReply.COMMAND),
            Map.entry("ETHTOOL_MSG_CHANNELS_GET_REPLY", ChannelsGetReply.COMMAND),
            Map.entry("ETHTOOL_MSG_COALESCE_GET_REPLY", CoalesceGetReply.COMMAND),
            Map.entry("ETHTOOL_MSG_PAUSE_GET_REPLY", PauseGetReply.COMMAND));

    /** Numbers of a family that are not named like those of the kernel. */
    private static final Map<String, Integer> FAMILIES =
            Map.of("ETHTOOL_GENL_VERSION", Ethtool.VERSION, "NETLINK_ROUTE", RtLink.PROTOCOL);

    @TempDir
    private Path folder;

    @Test
    void allNumbersAreThoseOfTheKernel() throws Exception {
        Map<String, Long> ours = new TreeMap<>();
        for (Class<?> type : generatedTypes()) {
            ours.putAll(numbers(type));
        }
        REPLIES.forEach((name, number) -> ours.put(name, number.longValue()));
        FAMILIES.forEach((name, number) -> ours.put(name, number.longValue()));
        numbers(Netlink.class).forEach((name, number) -> {
            if (!name.endsWith("_LENGTH") && !name.endsWith("_OFFSET")) {
                ours.put(name, number);
            }
        });
        assertThat(generatedTypes())
                .as("every reply has its line above")
                .filteredOn(type -> type.getSimpleName().endsWith("Reply"))
                .hasSize(REPLIES.size());
        assertThat(ours).hasSizeGreaterThan(250).containsKeys("IFLA_MTU", "VETH_INFO_PEER", "TC_H_CLSACT");
        assertThat(ours).containsExactlyEntriesOf(askCompiler(ours.keySet()));
    }

    @Test
    void structsHaveTheSizeTheyHaveInTheKernel() throws Exception {
        Map<String, Long> ours = new TreeMap<>();
        for (Class<?> type : generatedTypes()) {
            if (type.isRecord() && numbersOf(type).containsKey("LENGTH")) {
                ours.put(
                        "sizeof(struct " + kernelName(type) + ")",
                        numbersOf(type).get("LENGTH"));
            }
        }
        ours.put("sizeof(struct nlmsghdr)", (long) Netlink.NLMSGHDR_LENGTH);
        ours.put("sizeof(struct nlattr)", (long) Netlink.NLATTR_LENGTH);
        assertThat(ours).hasSize(9).isEqualTo(askCompiler(ours.keySet()));
    }

    /** {@code IfaCacheinfo} to {@code ifa_cacheinfo}. */
    private static String kernelName(Class<?> struct) {
        return struct.getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private Map<String, Long> askCompiler(Set<String> expressions) throws IOException {
        assumeTrue(
                HEADERS.stream().allMatch(KernelHeadersTest::installed),
                "needs the kernel headers (linux-libc-dev) in /usr/include");
        StringBuilder program = new StringBuilder();
        HEADERS.forEach(header -> program.append("#include <").append(header).append(">\n"));
        program.append("#include <stdio.h>\nint main(void) {\n");
        for (String expression : expressions) {
            program.append("printf(\"%s=%lld\\n\", \"")
                    .append(expression)
                    .append("\", (long long) (")
                    .append(expression)
                    .append("));\n");
        }
        program.append("return 0;\n}\n");
        Path source = Files.writeString(folder.resolve("numbers.c"), program);
        Path binary = folder.resolve("numbers");
        run("cc", "-o", binary.toString(), source.toString());
        Map<String, Long> answers = new TreeMap<>();
        for (String line : run(binary.toString()).lines().toList()) {
            int equals = line.indexOf('=');
            answers.put(line.substring(0, equals), Long.valueOf(line.substring(equals + 1)));
        }
        return answers;
    }

    private static boolean installed(String header) {
        // Debian keeps sys/ in a folder of the architecture, where only the compiler finds it.
        return header.startsWith("sys/") || Files.exists(Path.of("/usr/include", header));
    }

    private static String run(String... words) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, "needs the C compiler cc");
            throw e;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(output).isZero();
        return output;
    }

    private static List<Class<?>> generatedTypes() throws Exception {
        Path classes = Path.of(
                RtLink.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes.resolve("net/twinpath/netlink/family"))) {
            for (Path file : files.sorted().toList()) {
                String name = classes.relativize(file).toString();
                if (name.endsWith(".class") && !name.contains("package-info")) {
                    types.add(Class.forName(name.replace(".class", "").replace(File.separatorChar, '.')));
                }
            }
        }
        return types;
    }

    private static Map<String, Long> numbers(Class<?> type) {
        Map<String, Long> numbers = numbersOf(type);
        numbers.keySet().removeAll(OWN);
        return numbers;
    }

    private static Map<String, Long> numbersOf(Class<?> type) {
        Map<String, Long> numbers = new TreeMap<>();
        for (Field field : type.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType().isPrimitive()) {
                try {
                    numbers.put(field.getName(), ((Number) field.get(null)).longValue());
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return numbers;
    }
}
