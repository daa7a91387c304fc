package net.twinpath.config;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.twinpath.config.toml.Quoted;
import net.twinpath.config.value.DurationLiteral;
import net.twinpath.config.value.InterfaceAddress;
import net.twinpath.config.value.IpPrefix;
import net.twinpath.config.value.Keyword;
import net.twinpath.config.value.LoopbackEndpoint;
import net.twinpath.config.value.MacLiteral;

/** What the value of an option may be: in words for people, and as a check for the reader. */
public sealed interface AllowedValues {

    /** The allowed values in words, such as {@code 576..4089}. */
    String text();

    /**
     * Says what is wrong with a value and what would be right.
     *
     * @param value of a type the option has; of an array, each element
     * @return empty when the value is allowed
     */
    Optional<String> objectionTo(Object value);

    /** The table whose keys stand below the option; empty when the option holds plain values. */
    default Optional<ConfigTable> nested() {
        return Optional.empty();
    }

    /** Either boolean. */
    record TrueOrFalse() implements AllowedValues {
        @Override
        public String text() {
            return "true or false";
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            return Optional.empty();
        }
    }

    /** Integers from {@code min} to {@code max}, both included. */
    record IntegerRange(int min, int max) implements AllowedValues {
        @Override
        public String text() {
            return min + ".." + max;
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            long number = (Long) value;
            return when(number < min || number > max, number + " is out of range; allowed: " + text());
        }
    }

    /** Numbers of cores; whether the machine has them is seen when the path starts. */
    record Cores() implements AllowedValues {
        /** {@code NR_CPUS} in arch/x86/Kconfig is 8192 at most. */
        private static final IntegerRange NUMBERS = new IntegerRange(0, 8191);

        @Override
        public String text() {
            return "one core for both agents, or two; each " + NUMBERS.text() + ", of those the process may use";
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            return NUMBERS.objectionTo(value);
        }
    }

    /** Durations from {@code min} to {@code max}, both included, that are a whole number of a unit. */
    record WholeDuration(ChronoUnit unit, String min, String max) implements AllowedValues {
        @Override
        public String text() {
            return range().text() + ", whole " + unitText();
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            Optional<String> outOfRange = range().objectionTo(value);
            return outOfRange.isPresent()
                    ? outOfRange
                    : when(
                            !isWhole((String) value),
                            Quoted.of((String) value) + " is not a whole number of " + unitText());
        }

        private DurationRange range() {
            return new DurationRange(min, max);
        }

        private String unitText() {
            return unit.name()
                    .toLowerCase(Locale.ROOT)
                    .replace("micros", "microseconds")
                    .replace("millis", "milliseconds");
        }

        private boolean isWhole(String text) {
            Duration duration = DurationLiteral.parse(text).orElseThrow();
            return duration.equals(duration.truncatedTo(unit));
        }
    }

    /** Packet sizes that a path of {@code format} carries. */
    record PathMtu(Format format) implements AllowedValues {
        /** What RFC 791 asks of every host. */
        private static final int MIN = 576;

        @Override
        public String text() {
            return range().text();
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            boolean tooLarge = (Long) value > format.maxMtu();
            return range().objectionTo(value).map(objection -> objection + (tooLarge ? format.maxMtuReason() : ""));
        }

        private IntegerRange range() {
            return new IntegerRange(MIN, format.maxMtu());
        }
    }

    /** Durations from {@code min} to {@code max}, both included. */
    record DurationRange(String min, String max) implements AllowedValues {
        @Override
        public String text() {
            return Quoted.of(min) + ".." + Quoted.of(max);
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            String text = (String) value;
            String noDuration =
                    Quoted.of(text) + " is not " + DurationLiteral.DESCRIPTION + "; units are " + DurationLiteral.UNITS;
            return DurationLiteral.parse(text)
                    .map(duration -> when(!covers(duration), Quoted.of(text) + " is out of range; allowed: " + text()))
                    .orElse(Optional.of(noDuration));
        }

        private boolean covers(Duration duration) {
            return duration.compareTo(limit(min)) >= 0 && duration.compareTo(limit(max)) <= 0;
        }

        private static Duration limit(String text) {
            return DurationLiteral.parse(text).orElseThrow();
        }
    }

    /** One of {@code values}; those in {@code planned} are refused as not yet supported. */
    record OneOf(List<String> values, List<String> planned) implements AllowedValues {
        static OneOf of(Keyword[] keywords, String... planned) {
            return new OneOf(Arrays.stream(keywords).map(Keyword::text).toList(), List.of(planned));
        }

        @Override
        public String text() {
            return alternatives(values.stream().map(Quoted::of).toList());
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            String text = (String) value;
            String reason = planned.contains(text) ? " is not supported by this version" : " is not known";
            return when(!values.contains(text), Quoted.of(text) + reason + "; use " + text());
        }
    }

    /** The inner side of a path. */
    record InsidePort() implements AllowedValues {
        @Override
        public String text() {
            return Quoted.of(Inside.Host.TEXT) + ", or the name of an interface that is no link";
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            return value.equals(Inside.Host.TEXT) ? Optional.empty() : new LinkName().objectionTo(value);
        }
    }

    /** An absolute path name of a socket of at most {@code maxBytes} bytes. */
    record AbsolutePath(int maxBytes) implements AllowedValues {
        @Override
        public String text() {
            return "an absolute path of printable ASCII characters, at most " + maxBytes + " bytes, not ending in /";
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            String path = (String) value;
            boolean good = path.startsWith("/")
                    && !path.endsWith("/")
                    && path.length() <= maxBytes
                    && path.chars().allMatch(c -> c >= ' ' && c <= '~');
            return when(!good, Quoted.of(path) + " is not " + text());
        }
    }

    /** A TCP port of the loopback interface. */
    record Loopback() implements AllowedValues {
        @Override
        public String text() {
            return LoopbackEndpoint.DESCRIPTION;
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            try {
                LoopbackEndpoint.parse((String) value);
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.ofNullable(e.getMessage());
            }
        }
    }

    /** The name of a network interface that exists outside of twinpath. */
    record LinkName() implements AllowedValues {
        /** IFNAMSIZ, 16, less the final NUL; include/uapi/linux/if.h. */
        static final int MAX_BYTES = 15;

        /** The loopback interface, and two names that sysctl takes (net/ipv4/devinet.c). */
        static final List<String> RESERVED = List.of("lo", "all", "default");

        private static final String RESERVED_REASON =
                "\"lo\" is the loopback interface, and \"all\" and \"default\" are names of sysctl";

        @Override
        public String text() {
            return "1 to " + MAX_BYTES + " bytes without /, : or white space";
        }

        /** The rule of dev_valid_name() in net/core/dev.c, and no control characters. */
        @Override
        public Optional<String> objectionTo(Object value) {
            String name = (String) value;
            int length = name.getBytes(StandardCharsets.UTF_8).length;
            boolean good = length >= 1
                    && length <= MAX_BYTES
                    && !name.equals(".")
                    && !name.equals("..")
                    && name.chars().noneMatch(LinkName::cannotStandInName);
            return good
                    ? when(RESERVED.contains(name), Quoted.of(name) + " cannot be used: " + RESERVED_REASON)
                    : Optional.of(Quoted.of(name) + " is not an interface name; a name has " + text());
        }

        private static boolean cannotStandInName(int c) {
            return c == '/' || c == ':' || Character.isWhitespace(c) || Character.isISOControl(c);
        }
    }

    /** An IPv4 or IPv6 address that an interface can have, with its prefix length. */
    record UnicastAddress() implements AllowedValues {
        @Override
        public String text() {
            return "different IPv4 or IPv6 unicast addresses, each with its prefix length";
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            try {
                InterfaceAddress.parse((String) value);
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.ofNullable(e.getMessage());
            }
        }
    }

    /** Elements of {@code members}: a name alone, or a table. */
    record Members() implements AllowedValues {
        @Override
        public String text() {
            return "different interfaces, at least one; each a name, or a table with the keys of a member";
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            return value instanceof String ? new LinkName().objectionTo(value) : Optional.empty();
        }

        @Override
        public Optional<ConfigTable> nested() {
            return Optional.of(ConfigTable.MEMBER);
        }
    }

    /** Elements of {@code links}: a name alone, or a table. */
    record Links() implements AllowedValues {
        @Override
        public String text() {
            String counts = Arrays.stream(Format.values())
                    .map(format -> format.linkCount() + " with " + Quoted.of(format.text()))
                    .collect(Collectors.joining(", "));
            return "different interfaces, " + counts + "; each a name, or a table with the keys of a link";
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            return value instanceof String ? new LinkName().objectionTo(value) : Optional.empty();
        }

        @Override
        public Optional<ConfigTable> nested() {
            return Optional.of(ConfigTable.LINK);
        }
    }

    /** A table, or each table of an array, with the keys of {@code table}. */
    record KeysOf(ConfigTable table) implements AllowedValues {
        @Override
        public String text() {
            return "the keys of " + table.header();
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            return Optional.empty();
        }

        @Override
        public Optional<ConfigTable> nested() {
            return Optional.of(table);
        }
    }

    /** The name of a stream. */
    record StreamName() implements AllowedValues {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,32}");

        @Override
        public String text() {
            return "1 to 32 of A-Z a-z 0-9 _ . -, each name once in a path";
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            String name = (String) value;
            return when(
                    !NAME.matcher(name).matches(),
                    Quoted.of(name) + " cannot name a stream; a name has 1 to 32 of A-Z a-z 0-9 _ . -");
        }
    }

    /** A MAC address; where {@code ofSender}, one that frames can come from. */
    record Mac(boolean ofSender) implements AllowedValues {
        @Override
        public String text() {
            return "six bytes in hexadecimal with colons between" + (ofSender ? ", no group address" : "");
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            String text = (String) value;
            OptionalLong address = MacLiteral.parse(text);
            if (address.isEmpty()) {
                return Optional.of(Quoted.of(text)
                        + " is not a MAC address; it has six bytes in hexadecimal, such as \"02:00:00:00:00:01\"");
            }
            return when(
                    ofSender && MacLiteral.isGroup(address.getAsLong()),
                    Quoted.of(text) + " is a group address, which no frame comes from; give a sender's address");
        }
    }

    /** A MAC address that an interface can have. */
    record OwnMac() implements AllowedValues {
        private static final Mac SENDER = new Mac(true);

        @Override
        public String text() {
            return SENDER.text() + " and not all zero";
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            String text = (String) value;
            Optional<String> objection = SENDER.objectionTo(value);
            boolean zero = MacLiteral.parse(text).equals(OptionalLong.of(0));
            return objection.isPresent()
                    ? objection
                    : when(zero, Quoted.of(text) + " is no address, all bytes are zero; give another");
        }
    }

    /** The address of one host of an IP version, which can be asked whether it is there. */
    record ProbeTarget(boolean ipv6) implements AllowedValues {
        @Override
        public String text() {
            return "different " + version() + " addresses of hosts, at most " + BondTableReader.MAX_TARGETS;
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            String text = (String) value;
            try {
                IpPrefix target = IpPrefix.parse(text);
                boolean good = target.isIpv6() == ipv6 && !text.contains("/") && isHost(target.address());
                return when(!good, Quoted.of(text) + " is not the " + version() + " address of a host");
            } catch (IllegalArgumentException e) {
                return Optional.of(Quoted.of(text) + " is not the " + version() + " address of a host");
            }
        }

        private String version() {
            return ipv6 ? "IPv6" : "IPv4";
        }

        private static boolean isHost(InetAddress address) {
            return !address.isAnyLocalAddress()
                    && !address.isLoopbackAddress()
                    && !address.isMulticastAddress()
                    && !address.getHostAddress().equals("255.255.255.255");
        }
    }

    /** A table whose keys are numbers, with a number for each. */
    record NumberMap(long maxKey, long maxValue) implements AllowedValues {
        /** A packet has a priority of 32 bits (skb->priority). */
        static final long MAX_PACKET_PRIORITY = 0xFFFF_FFFFL;

        @Override
        public String text() {
            return "keys 0.." + maxKey + ", values 0.." + maxValue;
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            return Optional.empty();
        }
    }

    /** A table whose keys are the kernel's names of interface features, with a boolean for each. */
    record Features() implements AllowedValues {
        @Override
        public String text() {
            return "names that ethtool -k shows for features of the kernel, each with true or false";
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            return Optional.empty();
        }
    }

    /** An IP address or prefix; where {@code ofSender}, one that packets can come from. */
    record AddressOrPrefix(boolean ofSender) implements AllowedValues {
        @Override
        public String text() {
            return "an IPv4 or IPv6 address, or a prefix with its length" + (ofSender ? ", no multicast" : "");
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            String text = (String) value;
            try {
                boolean multicast = IpPrefix.parse(text).address().isMulticastAddress();
                return when(
                        ofSender && multicast,
                        Quoted.of(text) + " is multicast, which no packet comes from; give a sender's address");
            } catch (IllegalArgumentException e) {
                return Optional.ofNullable(e.getMessage());
            }
        }
    }

    /** The number of a protocol over IP, or the name of one. */
    record Protocol() implements AllowedValues {
        private static final IntegerRange NUMBERS = new IntegerRange(0, 255);
        private static final OneOf NAMES = OneOf.of(IpProtocol.values());

        @Override
        public String text() {
            Stream<String> names = NAMES.values().stream().map(Quoted::of);
            return alternatives(Stream.concat(names, Stream.of(NUMBERS.text())).toList());
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            if (value instanceof Long) {
                return NUMBERS.objectionTo(value);
            }
            String unknown = Quoted.of((String) value) + " is not known; use " + text();
            return when(NAMES.objectionTo(value).isPresent(), unknown);
        }
    }

    /** Texts as one of them: {@code a, b or c}. */
    static String alternatives(List<String> texts) {
        return listed(texts, "or");
    }

    /** Texts as a list whose last one has a word before it. */
    static String listed(List<String> texts, String word) {
        int last = texts.size() - 1;
        return last == 0
                ? texts.get(0)
                : String.join(", ", texts.subList(0, last)) + " " + word + " " + texts.get(last);
    }

    private static Optional<String> when(boolean wrong, String objection) {
        return wrong ? Optional.of(objection) : Optional.empty();
    }
}
