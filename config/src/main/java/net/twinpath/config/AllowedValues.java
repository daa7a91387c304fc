package net.twinpath.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the value of an option may be: in words for people, and as a check for the reader. */
public sealed interface AllowedValues {

    /** The allowed values in words, such as {@code 576..4089}. */
    String text();

    /**
     * Says what is wrong with a value and what would be right.
     *
     * @param value a {@link String}, or a {@link Long} for {@link IntegerRange}; of an array, each element
     * @return empty when the value is allowed
     */
    Optional<String> objectionTo(Object value);

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

    /** One of {@code values}; those in {@code planned} are refused as not yet supported. */
    record OneOf(List<String> values, List<String> planned) implements AllowedValues {
        @Override
        public String text() {
            return values.stream().map(Quoted::of).collect(Collectors.joining(" or "));
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            String text = (String) value;
            String reason = planned.contains(text) ? " is not supported by this version" : " is not known";
            return when(!values.contains(text), Quoted.of(text) + reason + "; use " + text());
        }
    }

    /** The inner side of a path: only {@code "host"}, because gateways do not exist yet. */
    record InsidePort() implements AllowedValues {
        @Override
        public String text() {
            return Quoted.of(Inside.HOST.text());
        }

        @Override
        public Optional<String> objectionTo(Object value) {
            return when(
                    !value.equals(Inside.HOST.text()),
                    Quoted.of((String) value)
                            + " is refused: gateways (inside = an interface) are not supported by this version; use "
                            + text());
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

    /** The name of a network interface that exists outside of twinpath. */
    record LinkName() implements AllowedValues {
        /** IFNAMSIZ, 16, less the final NUL; include/uapi/linux/if.h. */
        static final int MAX_BYTES = 15;

        @Override
        public String text() {
            return "names of 1 to " + MAX_BYTES + " bytes without /, : or white space";
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
            return when(
                    !good,
                    Quoted.of(name) + " is not an interface name; a name has 1 to " + MAX_BYTES
                            + " bytes without /, : or white space");
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

    private static Optional<String> when(boolean wrong, String objection) {
        return wrong ? Optional.of(objection) : Optional.empty();
    }
}
