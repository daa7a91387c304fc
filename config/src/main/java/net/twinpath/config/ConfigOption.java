package net.twinpath.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The option table: every key, its type, default, allowed values and meaning; reader, man page and examples follow it. */
public enum ConfigOption {
    CONTROL_SOCKET(
            ConfigTable.CONTROL,
            "socket",
            ValueType.STRING,
            Default.of("/run/twinpath/control.sock"),
            new AllowedValues.AbsolutePath(107), // sockaddr_un.sun_path holds 108 bytes with the final NUL, unix(7)
            false,
            "Where twinpathd listens for twinpathctl and other control clients."),
    PATH_INSIDE(
            ConfigTable.PATH,
            "inside",
            ValueType.STRING,
            Default.of(Inside.Host.TEXT),
            new AllowedValues.InsidePort(),
            true,
            "What the path serves: this machine (\"host\"), or as a gateway (RedBox) the devices behind an interface."),
    PATH_ADDRESS(
            ConfigTable.PATH,
            "address",
            ValueType.STRING_OR_STRINGS,
            Default.absent("none"),
            new AllowedValues.UnicastAddress(),
            true,
            "Addresses, each with its prefix length, that the interface of the path gets; a gateway has none.",
            "address = [\"10.77.0.1/24\", \"fd77::1/64\"]"),
    PATH_LINKS(
            ConfigTable.PATH,
            "links",
            ValueType.STRINGS_OR_TABLES,
            Default.required(),
            new AllowedValues.Links(),
            true,
            "The network interfaces that each carry a copy of every frame; with \"prp\" LAN A first, then LAN B.",
            "links = [\"enp3s0\", \"enp4s0\"]"),
    PATH_FORMAT(
            ConfigTable.PATH,
            "format",
            ValueType.STRING,
            Default.of(Format.PRP.text()),
            AllowedValues.OneOf.of(Format.values(), "udp"),
            true,
            "How copies are marked: by the trailer of IEC 62439-3 (\"prp\") or the R-TAG of IEEE 802.1CB (\"frer\")."),
    PATH_MTU(
            ConfigTable.PATH,
            "mtu",
            ValueType.INTEGER,
            Default.absent("1500, less where the links allow only less"),
            new AllowedValues.PathMtu(Format.FRER), // the format that allows most
            true,
            "Largest packet, in bytes, that the path carries; with \"prp\" at most 4089, with an IPv6 address at least 1280.",
            "mtu = 1500"),
    PATH_SUPERVISION(
            ConfigTable.PATH,
            "supervision",
            ValueType.INTEGER,
            Default.of(0),
            new AllowedValues.IntegerRange(0, 255),
            true,
            "\"prp\" only: last byte of 01-15-4E-00-01-XX, where supervision frames are sent; the same on every node."),
    PATH_LIFE_CHECK_INTERVAL(
            ConfigTable.PATH,
            "life-check-interval",
            ValueType.DURATION,
            Default.of("2s"), // LifeCheckInterval, IEC 62439-3 table 8
            new AllowedValues.DurationRange("100ms", "60s"),
            true,
            "\"prp\" only: how often supervision frames are sent, by which the other nodes see that each link works."),
    PATH_CONTINUITY_INTERVAL(
            ConfigTable.PATH,
            "continuity-interval",
            ValueType.STRING,
            Default.of(ContinuityInterval.SECOND.text()),
            AllowedValues.OneOf.of(ContinuityInterval.values()),
            true,
            "\"frer\" only: how often the path's ends tell each other on every link that they are there (IEEE 802.1Q CCM)."),
    PATH_UNMATCHED(
            ConfigTable.PATH,
            "unmatched",
            ValueType.STRING,
            Default.of(Action.DUPLICATE.text()),
            AllowedValues.OneOf.of(Action.values()),
            true,
            "What happens to frames that no stream matches; the words are those of a stream's action."),
    PATH_STREAM(
            ConfigTable.PATH,
            "stream",
            ValueType.TABLES,
            Default.absent("none"),
            new AllowedValues.KeysOf(ConfigTable.STREAM),
            true,
            "Streams, which choose frames for an action: the first that matches a frame decides; at most 4096 a path.",
            "[[path.feed.stream]]"),
    PATH_RECOVERY(
            ConfigTable.PATH,
            "recovery",
            ValueType.TABLE,
            Default.absent("the defaults of its keys"),
            new AllowedValues.KeysOf(ConfigTable.RECOVERY),
            true,
            "\"frer\" only: sequence recovery, which passes the first copy of a frame and removes the others.",
            "recovery = { history = 4096, reset = \"2s\" }"),
    PATH_ORDERING(
            ConfigTable.PATH,
            "ordering",
            ValueType.TABLE,
            Default.absent("none, frames pass as they come"),
            new AllowedValues.KeysOf(ConfigTable.ORDERING),
            true,
            "Packet ordering (RFC 9550): a frame that overtook others on the way waits for them.",
            "ordering = { max-delay = \"10ms\" }"),
    LINK_INTERFACE(
            ConfigTable.LINK,
            "interface",
            ValueType.STRING,
            Default.required(),
            new AllowedValues.LinkName(),
            true,
            "The network interface.",
            "interface = \"enp5s0\""),
    LINK_VLAN(
            ConfigTable.LINK,
            "vlan",
            ValueType.INTEGER,
            Default.absent("none, no tag for the link"),
            new AllowedValues.IntegerRange(1, 4094),
            true,
            "\"frer\" only: the VLAN that frames of the path have on this link.",
            "vlan = 66"),
    STREAM_NAME(
            ConfigTable.STREAM,
            "name",
            ValueType.STRING,
            Default.required(),
            new AllowedValues.StreamName(),
            true,
            "What the stream is called in status and messages.",
            "name = \"camera\""),
    STREAM_ACTION(
            ConfigTable.STREAM,
            "action",
            ValueType.STRING,
            Default.of(Action.DUPLICATE.text()),
            AllowedValues.OneOf.of(Action.values()),
            true,
            "Where its frames are sent: \"duplicate\" on every link, \"first-link\" on the first only, \"drop\" nowhere."),
    STREAM_MATCH(
            ConfigTable.STREAM,
            "match",
            ValueType.TABLE,
            Default.required(),
            new AllowedValues.KeysOf(ConfigTable.MATCH),
            true,
            "Which frames belong to the stream: those that every given key fits; at least one key.",
            "match = { destination-mac = \"01:00:5e:00:00:01\", vlan = 100 }"),
    STREAM_RECOVERY(
            ConfigTable.STREAM,
            "recovery",
            ValueType.TABLE,
            Default.absent("as the path's recovery, key by key"),
            new AllowedValues.KeysOf(ConfigTable.RECOVERY),
            true,
            "\"frer\" only: in what the recovery of this stream differs from the path's.",
            "recovery = { history = 256 }"),
    MATCH_DESTINATION_MAC(
            ConfigTable.MATCH,
            "destination-mac",
            ValueType.STRING,
            Default.absent("any"),
            new AllowedValues.Mac(false),
            true,
            "MAC address the frame goes to.",
            "destination-mac = \"01:00:5e:00:00:01\""),
    MATCH_SOURCE_MAC(
            ConfigTable.MATCH,
            "source-mac",
            ValueType.STRING,
            Default.absent("any"),
            new AllowedValues.Mac(true),
            true,
            "MAC address the frame comes from.",
            "source-mac = \"02:00:00:00:00:01\""),
    MATCH_VLAN(
            ConfigTable.MATCH,
            "vlan",
            ValueType.INTEGER,
            Default.absent("any or none"),
            new AllowedValues.IntegerRange(1, 4094),
            true,
            "VLAN of the frame's tag.",
            "vlan = 100"),
    MATCH_TAGGED(
            ConfigTable.MATCH,
            "tagged",
            ValueType.STRING,
            Default.of(Tagged.ALL.text()),
            AllowedValues.OneOf.of(Tagged.values()),
            true,
            "\"tagged\": only frames with a VLAN; \"priority\": only those without (no tag, or VLAN 0); \"all\": both."),
    MATCH_SOURCE(
            ConfigTable.MATCH,
            "source",
            ValueType.STRING,
            Default.absent("any"),
            new AllowedValues.AddressOrPrefix(true),
            true,
            "IP address the packet comes from.",
            "source = \"192.0.2.0/24\""),
    MATCH_DESTINATION(
            ConfigTable.MATCH,
            "destination",
            ValueType.STRING,
            Default.absent("any"),
            new AllowedValues.AddressOrPrefix(false),
            true,
            "IP address the packet goes to, of the same IP version as source.",
            "destination = \"239.0.0.1\""),
    MATCH_DSCP(
            ConfigTable.MATCH,
            "dscp",
            ValueType.INTEGER,
            Default.absent("any"),
            new AllowedValues.IntegerRange(0, 63),
            true,
            "Differentiated services code point of the IP packet; 46 is expedited forwarding (EF).",
            "dscp = 46"),
    MATCH_PROTOCOL(
            ConfigTable.MATCH,
            "protocol",
            ValueType.STRING_OR_INTEGER,
            Default.absent("any"),
            new AllowedValues.Protocol(),
            true,
            "What the IP packet carries, by name or IANA protocol number.",
            "protocol = \"udp\""),
    MATCH_SOURCE_PORT(
            ConfigTable.MATCH,
            "source-port",
            ValueType.INTEGER,
            Default.absent("any"),
            new AllowedValues.IntegerRange(1, 65535),
            true,
            "Port the packet comes from; needs protocol = \"tcp\", \"udp\" or \"sctp\".",
            "source-port = 5004"),
    MATCH_DESTINATION_PORT(
            ConfigTable.MATCH,
            "destination-port",
            ValueType.INTEGER,
            Default.absent("any"),
            new AllowedValues.IntegerRange(1, 65535),
            true,
            "Port the packet goes to; needs protocol = \"tcp\", \"udp\" or \"sctp\".",
            "destination-port = 5004"),
    RECOVERY_ALGORITHM(
            ConfigTable.RECOVERY,
            "algorithm",
            ValueType.STRING,
            Default.of(RecoveryAlgorithm.VECTOR.text()),
            AllowedValues.OneOf.of(RecoveryAlgorithm.values()),
            true,
            "\"vector\" knows each sequence number of the history, \"match\" that of the last frame only."),
    RECOVERY_HISTORY(
            ConfigTable.RECOVERY,
            "history",
            ValueType.INTEGER,
            Default.of(4096),
            new AllowedValues.IntegerRange(2, 65536),
            true,
            "Sequence numbers that \"vector\" remembers; more than arrive while one link lags behind another."),
    RECOVERY_RESET(
            ConfigTable.RECOVERY,
            "reset",
            ValueType.DURATION,
            Default.of("2s"),
            new AllowedValues.DurationRange("1ms", "1h"),
            true,
            "After so long without an accepted frame the next is accepted whatever its sequence number."),
    RECOVERY_TAKE_NO_SEQUENCE(
            ConfigTable.RECOVERY,
            "take-no-sequence",
            ValueType.BOOLEAN,
            Default.of(false),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether frames of the stream that have no sequence number pass."),
    RECOVERY_INDIVIDUAL(
            ConfigTable.RECOVERY,
            "individual",
            ValueType.BOOLEAN,
            Default.of(false),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether each link also has a recovery of its own, against a sender that repeats one frame on it."),
    RECOVERY_LATENT_ERROR(
            ConfigTable.RECOVERY,
            "latent-error",
            ValueType.BOOLEAN,
            Default.of(true),
            new AllowedValues.TrueOrFalse(),
            true,
            "Whether an event tells that fewer or more copies were removed than should have come."),
    RECOVERY_LATENT_ERROR_DIFFERENCE(
            ConfigTable.RECOVERY,
            "latent-error-difference",
            ValueType.INTEGER,
            // Copies under way look missing: up to 64 one link delivered in its turn, and the links' delay x rate.
            Default.of(100),
            new AllowedValues.IntegerRange(0, 1_000_000),
            true,
            "How many copies fewer or more are not an error yet."),
    RECOVERY_LATENT_ERROR_PERIOD(
            ConfigTable.RECOVERY,
            "latent-error-period",
            ValueType.DURATION,
            Default.of("2s"), // frerSeqRcvyLatentErrorPeriod, IEEE 802.1CB 10.4.1.12
            new AllowedValues.DurationRange("100ms", "1h"),
            true,
            "How often the copies are compared."),
    RECOVERY_LATENT_ERROR_RESET(
            ConfigTable.RECOVERY,
            "latent-error-reset",
            ValueType.DURATION,
            Default.of("30s"), // frerSeqRcvyLatentResetPeriod
            new AllowedValues.DurationRange("1s", "1h"),
            true,
            "How often the comparison starts anew, so that old errors are forgotten; longer than its period."),
    ORDERING_MAX_DELAY(
            ConfigTable.ORDERING,
            "max-delay",
            ValueType.DURATION,
            Default.required(),
            new AllowedValues.DurationRange("1ms", "1s"),
            true,
            "How long a frame waits at most for those before it.",
            "max-delay = \"10ms\"");

    private final ConfigTable table;
    private final String key;
    private final ValueType type;

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutables
    private final Default defaultValue;

    @SuppressWarnings("ImmutableEnumChecker") // all its kinds are records of immutables
    private final AllowedValues allowed;

    private final boolean reloadable;
    private final String sentence;
    private final String example;

    /** An option with a fixed default, which is its example too. */
    ConfigOption(
            ConfigTable table,
            String key,
            ValueType type,
            Default defaultValue,
            AllowedValues allowed,
            boolean reloadable,
            String sentence) {
        this(table, key, type, defaultValue, allowed, reloadable, sentence, key + " = " + defaultValue.text());
    }

    ConfigOption(
            ConfigTable table,
            String key,
            ValueType type,
            Default defaultValue,
            AllowedValues allowed,
            boolean reloadable,
            String sentence,
            String example) {
        this.table = table;
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.allowed = allowed;
        this.reloadable = reloadable;
        this.sentence = sentence;
        this.example = example;
    }

    /** The table the option stands in. */
    public ConfigTable table() {
        return table;
    }

    /** The key, the same as in the file. */
    public String key() {
        return key;
    }

    /** The TOML type the value must have. */
    public ValueType type() {
        return type;
    }

    /** What holds when the key is absent: a TOML value, or words when it is no fixed value. */
    public String defaultText() {
        return defaultValue.text();
    }

    /** Whether a fixed value holds when the key is absent. */
    public boolean hasFixedDefault() {
        return defaultValue.value() != null;
    }

    /** Whether the key must be given. */
    public boolean required() {
        return defaultValue.needed();
    }

    /** What the value may be. */
    public AllowedValues allowed() {
        return allowed;
    }

    /** Whether a change takes effect at reload; otherwise it does at the next start. */
    public boolean reloadable() {
        return reloadable;
    }

    /** What the option does, in one sentence. */
    public String sentence() {
        return sentence;
    }

    /** A line that may stand in a file as it is, such as {@code mtu = 1500}. */
    public String example() {
        return example;
    }

    /** The string that an absent key stands for. */
    String defaultString() {
        return Objects.requireNonNull(defaultValue.value(), key);
    }

    /** The number that an absent key stands for. */
    int defaultInteger() {
        return Integer.parseInt(defaultString());
    }

    /** The boolean that an absent key stands for. */
    boolean defaultFlag() {
        return Boolean.parseBoolean(defaultString());
    }

    /** The duration that an absent key stands for. */
    Duration defaultDuration() {
        return DurationLiteral.parse(defaultString()).orElseThrow();
    }

    /** The one of {@code keywords} that an absent key stands for. */
    <K extends Keyword> K defaultKeyword(K[] keywords) {
        return Arrays.stream(keywords)
                .filter(keyword -> keyword.text().equals(defaultString()))
                .findFirst()
                .orElseThrow();
    }

    /** What holds when a key is absent. */
    private record Default(@Nullable String value, String text, boolean needed) {
        static Default of(String value) {
            return new Default(value, Quoted.of(value), false);
        }

        static Default of(int value) {
            return new Default(Integer.toString(value), Integer.toString(value), false);
        }

        static Default of(boolean value) {
            return new Default(Boolean.toString(value), Boolean.toString(value), false);
        }

        static Default absent(String meaning) {
            return new Default(null, meaning, false);
        }

        static Default required() {
            return new Default(null, "none, must be given", true);
        }
    }
}
