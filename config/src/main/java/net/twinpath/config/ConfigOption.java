package net.twinpath.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
            "Where twinpathd listens for twinpathctl and other control clients.",
            "\"/run/twinpath/control.sock\""),
    PATH_INSIDE(
            ConfigTable.PATH,
            "inside",
            ValueType.STRING,
            Default.of(Inside.HOST.text()),
            new AllowedValues.InsidePort(),
            true,
            "What the path serves: with \"host\" it is this machine, through a network interface named like the path.",
            "\"host\""),
    PATH_ADDRESS(
            ConfigTable.PATH,
            "address",
            ValueType.STRING_OR_STRINGS,
            Default.absent("none"),
            new AllowedValues.UnicastAddress(),
            true,
            "Addresses, each with its prefix length, that the interface of the path gets.",
            "[\"10.77.0.1/24\", \"fd77::1/64\"]"),
    PATH_LINKS(
            ConfigTable.PATH,
            "links",
            ValueType.STRINGS,
            Default.required(),
            new AllowedValues.LinkName(),
            true,
            "The two network interfaces that each carry a copy of every frame: LAN A first, then LAN B.",
            "[\"enp3s0\", \"enp4s0\"]"),
    PATH_FORMAT(
            ConfigTable.PATH,
            "format",
            ValueType.STRING,
            Default.of(Format.PRP.text()),
            new AllowedValues.OneOf(
                    Arrays.stream(Format.values()).map(Format::text).toList(), List.of("frer", "udp")),
            true,
            "How the copies of a frame are marked: \"prp\" appends the trailer of IEC 62439-3.",
            "\"prp\""),
    PATH_MTU(
            ConfigTable.PATH,
            "mtu",
            ValueType.INTEGER,
            Default.absent("the largest that the links allow"),
            // RFC 791 asks 576 of every host; the trailer's 12-bit LSDUsize, 4095, counts its own 6 bytes.
            new AllowedValues.IntegerRange(576, 4089),
            true,
            "Largest packet, in bytes, that the interface of the path carries; with an IPv6 address at least 1280.",
            "1500"),
    PATH_SUPERVISION(
            ConfigTable.PATH,
            "supervision",
            ValueType.INTEGER,
            Default.of(0),
            new AllowedValues.IntegerRange(0, 255),
            true,
            "Last byte of 01-15-4E-00-01-XX, the address supervision frames are sent to; the same on every node.",
            "0");

    private final ConfigTable table;
    private final String key;
    private final ValueType type;

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutables
    private final Default defaultValue;

    @SuppressWarnings("ImmutableEnumChecker") // all its kinds are records of immutables
    private final AllowedValues allowed;

    private final boolean reloadable;
    private final String sentence;
    private final String exampleValue;

    ConfigOption(
            ConfigTable table,
            String key,
            ValueType type,
            Default defaultValue,
            AllowedValues allowed,
            boolean reloadable,
            String sentence,
            String exampleValue) {
        this.table = table;
        this.key = key;
        this.type = type;
        this.defaultValue = defaultValue;
        this.allowed = allowed;
        this.reloadable = reloadable;
        this.sentence = sentence;
        this.exampleValue = exampleValue;
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
        return key + " = " + exampleValue;
    }

    /** The string that an absent key stands for; empty when no fixed string does. */
    Optional<String> defaultString() {
        return Optional.ofNullable(defaultValue.value());
    }

    /** The number that an absent key stands for; empty when no fixed number does. */
    OptionalInt defaultInteger() {
        return type == ValueType.INTEGER && defaultValue.value() != null
                ? OptionalInt.of(Integer.parseInt(defaultValue.value()))
                : OptionalInt.empty();
    }

    /** What holds when a key is absent. */
    private record Default(@Nullable String value, String text, boolean needed) {
        static Default of(String value) {
            return new Default(value, Quoted.of(value), false);
        }

        static Default of(int value) {
            return new Default(Integer.toString(value), Integer.toString(value), false);
        }

        static Default absent(String meaning) {
            return new Default(null, meaning, false);
        }

        static Default required() {
            return new Default(null, "none, must be given", true);
        }
    }
}
