package net.twinpath.netlink.generator;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One netlink family as its file describes it.
 *
 * @param name           for example {@code rt-link}; for generic netlink the name the kernel knows the family by
 * @param generic        true for generic netlink, whose message type is found out at run time
 * @param number         netlink protocol number (raw), or family version (generic)
 * @param doc            one or more sentences
 * @param constants      single numbers
 * @param enumerations   named numbers that belong together
 * @param structs        fixed layouts
 * @param attributeSets  what may stand in a message or a nest
 * @param subMessages    nests whose set depends on another attribute
 * @param operations     requests, replies and notifications
 * @param groups         multicast groups
 */
record Specification(
        Location location,
        String name,
        boolean generic,
        long number,
        String doc,
        List<Constant> constants,
        List<Enumeration> enumerations,
        List<Struct> structs,
        List<AttributeSet> attributeSets,
        List<SubMessage> subMessages,
        List<Operation> operations,
        List<Group> groups) {

    /** A number with the name the kernel header gives it. */
    record Constant(
            Location location,
            String kernelName,
            long value,
            @Nullable String doc) {}

    /** Named numbers; those of a {@code flags} definition are already shifted to their bit. */
    record Enumeration(
            Location location, String name, @Nullable String doc, List<Constant> entries) {}

    /** A fixed layout in host byte order unless a member says otherwise. */
    record Struct(Location location, String name, @Nullable String doc, List<Member> members) {
        int length() {
            return members.stream().mapToInt(Member::length).sum();
        }
    }

    /** A member of a struct: a number, or padding ({@code type} null). */
    record Member(
            Location location,
            String name,
            @Nullable ScalarType type,
            int length,
            boolean bigEndian,
            @Nullable String doc) {}

    /** Attributes that may stand beside each other. */
    record AttributeSet(
            Location location, String name, @Nullable String doc, List<Attribute> attributes) {}

    /** How the payload of an attribute is laid out. */
    enum Payload {
        SCALAR,
        STRING,
        BINARY,
        FLAG,
        NEST,
        INDEXED_ARRAY,
        SUB_MESSAGE;

        String specificationName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One attribute.
     *
     * @param kernelName  constant in the kernel header, for example {@code IFLA_MTU}
     * @param scalar      set when the payload is a number, or an indexed array of numbers
     * @param multi       the attribute may stand more than once
     * @param struct      layout of a binary payload; null when it is just octets
     * @param nestedSet   set of a nest or of an indexed array's items; null in an array of numbers or of octets
     * @param fixedHeader struct in front of a nest's attributes
     * @param subMessage  sub-message of a {@code sub-message} attribute
     * @param selector    attribute of the same set that picks the format of the sub-message
     */
    record Attribute(
            Location location,
            String name,
            String kernelName,
            int value,
            Payload payload,
            @Nullable ScalarType scalar,
            boolean bigEndian,
            boolean multi,
            @Nullable String struct,
            @Nullable String nestedSet,
            @Nullable String fixedHeader,
            @Nullable String subMessage,
            @Nullable String selector,
            @Nullable String doc) {}

    /** A nest whose attribute set depends on the value of a selector attribute. */
    record SubMessage(Location location, String name, List<Format> formats) {}

    /** The attribute set a sub-message has for one value of its selector. */
    record Format(Location location, String value, String attributeSet) {}

    /**
     * An operation.
     *
     * @param kernelName constant in the kernel header, for example {@code RTM_GETLINK}
     * @param single     one request and its reply ({@code do})
     * @param dump       a request answered by many messages
     * @param reply      what answers either of them
     * @param notifies   operation whose reply has the shape of this notification
     * @param value      number of a notification, otherwise that of the request
     */
    record Operation(
            Location location,
            String name,
            String kernelName,
            @Nullable String doc,
            @Nullable String attributeSet,
            @Nullable String fixedHeader,
            int value,
            @Nullable Message single,
            @Nullable Message dump,
            @Nullable Message reply,
            @Nullable String notifies) {}

    /** The number of a message and the attributes that are used in it. */
    record Message(Location location, int value, List<String> attributes) {}

    /** A multicast group: a number for raw netlink, only a name for generic netlink ({@code value} 0). */
    record Group(Location location, String name, String kernelName, int value) {}
}
