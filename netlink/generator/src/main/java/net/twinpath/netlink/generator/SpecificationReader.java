package net.twinpath.netlink.generator;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.twinpath.netlink.generator.Specification.Attribute;
import net.twinpath.netlink.generator.Specification.AttributeSet;
import net.twinpath.netlink.generator.Specification.Constant;
import net.twinpath.netlink.generator.Specification.Enumeration;
import net.twinpath.netlink.generator.Specification.Format;
import net.twinpath.netlink.generator.Specification.Group;
import net.twinpath.netlink.generator.Specification.Member;
import net.twinpath.netlink.generator.Specification.Message;
import net.twinpath.netlink.generator.Specification.Operation;
import net.twinpath.netlink.generator.Specification.Payload;
import net.twinpath.netlink.generator.Specification.Struct;
import net.twinpath.netlink.generator.Specification.SubMessage;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one specification file; the order of the methods is the order of the sections in a file. */
final class SpecificationReader {
    private static final Set<String> SCALARS = Arrays.stream(ScalarType.values())
            .map(ScalarType::specificationName)
            .collect(Collectors.toSet());
    private static final Set<String> MEMBER_TYPES =
            Stream.concat(SCALARS.stream(), Stream.of("pad")).collect(Collectors.toSet());
    private static final Set<String> ATTRIBUTE_TYPES = Stream.concat(
                    SCALARS.stream(),
                    Arrays.stream(Payload.values())
                            .filter(payload -> payload != Payload.SCALAR)
                            .map(Payload::specificationName))
            .collect(Collectors.toSet());
    private static final Set<String> ITEM_TYPES =
            Stream.concat(SCALARS.stream(), Stream.of("binary", "nest")).collect(Collectors.toSet());
    private static final Set<String> BYTE_ORDERS = Set.of("big-endian", "host");

    private SpecificationReader() {}

    /**
     * Reads and checks a specification.
     *
     * @throws SpecificationException one line with file, line and path of the first mistake
     */
    static Specification read(Path file) throws IOException {
        Location start = new Location(Objects.requireNonNull(file.getFileName()).toString(), 1, "");
        LoadSettings settings =
                LoadSettings.builder().setLabel(start.file()).setUseMarks(true).build();
        try (Reader reader = Files.newBufferedReader(file)) {
            Node root = new Compose(settings)
                    .composeReader(reader)
                    .orElseThrow(() -> start.error("the file holds no specification"));
            Specification specification = specification(new YamlMapping(root, start, ""));
            ReferenceCheck.check(specification);
            return specification;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new Location(start.file(), line, "").error("not YAML: " + e.getProblem());
        }
    }

    private static Specification specification(YamlMapping root) {
        root.allowOnly(Set.of(
                "name",
                "protocol",
                "protonum",
                "version",
                "doc",
                "definitions",
                "attribute-sets",
                "sub-messages",
                "operations",
                "mcast-groups"));
        boolean generic =
                root.choice("protocol", Set.of("genetlink", "netlink-raw")).equals("genetlink");
        YamlMapping operations = root.mapping("operations");
        operations.allowOnly(Set.of("name-prefix", "list"));
        return new Specification(
                root.location(),
                root.name(),
                generic,
                root.number(generic ? "version" : "protonum"),
                root.string("doc"),
                constants(root),
                enumerations(root),
                structs(root),
                attributeSets(root),
                subMessages(root),
                operations(operations),
                root.has("mcast-groups") ? groups(root.mapping("mcast-groups"), generic) : List.of());
    }

    private static List<YamlMapping> definitions(YamlMapping root, String... types) {
        return root.mappings("definitions").stream()
                .filter(definition ->
                        List.of(types).contains(definition.choice("type", Set.of("const", "enum", "flags", "struct"))))
                .toList();
    }

    private static List<Constant> constants(YamlMapping root) {
        List<Constant> constants = new ArrayList<>();
        for (YamlMapping definition : definitions(root, "const")) {
            definition.allowOnly(Set.of("name", "type", "value", "doc"));
            constants.add(constant("", definition, definition.number("value")));
        }
        return constants;
    }

    private static Constant constant(String prefix, YamlMapping entry, long value) {
        return new Constant(
                entry.location(), JavaNames.constant(prefix + entry.name()), value, entry.optionalString("doc"));
    }

    private static List<Enumeration> enumerations(YamlMapping root) {
        List<Enumeration> enumerations = new ArrayList<>();
        for (YamlMapping definition : definitions(root, "enum", "flags")) {
            definition.allowOnly(Set.of("name", "type", "name-prefix", "doc", "entries"));
            boolean flags = definition.string("type").equals("flags");
            String prefix = definition.string("name-prefix");
            List<Constant> entries = new ArrayList<>();
            for (YamlMapping entry : definition.mappings("entries")) {
                entry.allowOnly(Set.of("name", "value", "doc"));
                long value = entry.number("value");
                if (flags && (value < 0 || value > 31)) {
                    throw entry.at("value").error(value + " is not a bit number from 0 to 31");
                }
                entries.add(constant(prefix, entry, flags ? 1L << value : value));
            }
            enumerations.add(new Enumeration(
                    definition.location(), definition.name(), definition.optionalString("doc"), entries));
        }
        return enumerations;
    }

    private static List<Struct> structs(YamlMapping root) {
        List<Struct> structs = new ArrayList<>();
        for (YamlMapping definition : definitions(root, "struct")) {
            definition.allowOnly(Set.of("name", "type", "doc", "members"));
            structs.add(new Struct(
                    definition.location(),
                    definition.name(),
                    definition.optionalString("doc"),
                    definition.mappings("members").stream()
                            .map(SpecificationReader::member)
                            .toList()));
        }
        return structs;
    }

    private static Member member(YamlMapping member) {
        member.allowOnly(Set.of("name", "type", "len", "byte-order", "doc"));
        ScalarType type = scalar(member.choice("type", MEMBER_TYPES));
        return new Member(
                member.location(),
                member.name(),
                type,
                type == null ? (int) member.number("len") : type.length(),
                bigEndian(member),
                member.optionalString("doc"));
    }

    private static List<AttributeSet> attributeSets(YamlMapping root) {
        List<AttributeSet> sets = new ArrayList<>();
        for (YamlMapping set : root.mappings("attribute-sets")) {
            set.allowOnly(Set.of("name", "name-prefix", "doc", "attributes"));
            String prefix = set.string("name-prefix");
            sets.add(new AttributeSet(
                    set.location(),
                    set.name(),
                    set.optionalString("doc"),
                    set.mappings("attributes").stream()
                            .map(attribute -> attribute(prefix, attribute))
                            .toList()));
        }
        return sets;
    }

    private static Attribute attribute(String prefix, YamlMapping attribute) {
        attribute.allowOnly(Set.of(
                "name",
                "value",
                "type",
                "byte-order",
                "multi-attr",
                "struct",
                "nested-attributes",
                "fixed-header",
                "sub-type",
                "sub-message",
                "selector",
                "doc"));
        String type = attribute.choice("type", ATTRIBUTE_TYPES);
        Payload payload = scalar(type) == null ? payload(type) : Payload.SCALAR;
        String itemType = payload == Payload.INDEXED_ARRAY ? attribute.choice("sub-type", ITEM_TYPES) : type;
        boolean nests = itemType.equals(Payload.NEST.specificationName());
        boolean selects = payload == Payload.SUB_MESSAGE;
        return new Attribute(
                attribute.location(),
                attribute.name(),
                JavaNames.constant(prefix + attribute.name()),
                messageNumber(attribute, 0x3fff),
                payload,
                scalar(itemType),
                bigEndian(attribute),
                multi(attribute, payload),
                payload == Payload.BINARY ? attribute.optionalString("struct") : null,
                nests ? attribute.string("nested-attributes") : null,
                attribute.optionalString("fixed-header"),
                selects ? attribute.string("sub-message") : null,
                selects ? attribute.string("selector") : null,
                attribute.optionalString("doc"));
    }

    private static boolean multi(YamlMapping attribute, Payload payload) {
        boolean multi = attribute.flag("multi-attr");
        boolean repeatable = (payload == Payload.NEST && !attribute.has("fixed-header"))
                || (payload == Payload.BINARY && attribute.has("struct"));
        if (multi && !repeatable) {
            throw attribute
                    .at("multi-attr")
                    .error("only a nest without fixed-header and a struct may stand more than once");
        }
        return multi;
    }

    private static List<SubMessage> subMessages(YamlMapping root) {
        List<SubMessage> subMessages = new ArrayList<>();
        for (YamlMapping subMessage : root.mappings("sub-messages")) {
            subMessage.allowOnly(Set.of("name", "formats"));
            List<Format> formats = new ArrayList<>();
            for (YamlMapping format : subMessage.mappings("formats")) {
                format.allowOnly(Set.of("value", "attribute-set"));
                formats.add(new Format(format.location(), format.string("value"), format.string("attribute-set")));
            }
            subMessages.add(new SubMessage(subMessage.location(), subMessage.name(), formats));
        }
        return subMessages;
    }

    private static List<Operation> operations(YamlMapping operations) {
        String prefix = operations.string("name-prefix");
        return operations.mappings("list").stream()
                .map(operation -> operation(prefix, operation))
                .toList();
    }

    private static Operation operation(String prefix, YamlMapping operation) {
        operation.allowOnly(Set.of("name", "doc", "attribute-set", "fixed-header", "do", "dump", "notify", "value"));
        boolean notification = operation.has("notify");
        Message single = message(operation, "do", "request");
        Message dump = message(operation, "dump", "request");
        if (!notification && single == null && dump == null) {
            throw operation.location().error("has none of do, dump and notify");
        }
        Message reply = message(operation, "do", "reply");
        Message request = single == null ? dump : single;
        return new Operation(
                operation.location(),
                operation.name(),
                JavaNames.constant(prefix + operation.name()),
                operation.optionalString("doc"),
                notification ? null : operation.string("attribute-set"),
                operation.optionalString("fixed-header"),
                request == null ? messageNumber(operation, 0xffff) : request.value(),
                single,
                dump,
                reply == null ? message(operation, "dump", "reply") : reply,
                operation.optionalString("notify"));
    }

    private static @Nullable Message message(YamlMapping operation, String mode, String direction) {
        if (!operation.has(mode)) {
            return null;
        }
        YamlMapping exchange = operation.mapping(mode);
        exchange.allowOnly(Set.of("request", "reply"));
        if (!exchange.has(direction)) {
            return null;
        }
        YamlMapping message = exchange.mapping(direction);
        message.allowOnly(Set.of("value", "attributes"));
        return new Message(message.location(), messageNumber(message, 0xffff), message.strings("attributes"));
    }

    private static List<Group> groups(YamlMapping section, boolean generic) {
        section.allowOnly(Set.of("name-prefix", "list"));
        List<Group> groups = new ArrayList<>();
        for (YamlMapping group : section.mappings("list")) {
            group.allowOnly(generic ? Set.of("name") : Set.of("name", "value"));
            groups.add(new Group(
                    group.location(),
                    group.name(),
                    JavaNames.constant(section.string("name-prefix") + group.name()),
                    generic ? 0 : messageNumber(group, Integer.MAX_VALUE)));
        }
        return groups;
    }

    private static int messageNumber(YamlMapping mapping, int highest) {
        long value = mapping.number("value");
        if (value < 1 || value > highest) {
            throw mapping.at("value").error(value + " is not a number from 1 to " + highest);
        }
        return (int) value;
    }

    private static boolean bigEndian(YamlMapping mapping) {
        return mapping.has("byte-order")
                && mapping.choice("byte-order", BYTE_ORDERS).equals("big-endian");
    }

    private static @Nullable ScalarType scalar(String type) {
        return Arrays.stream(ScalarType.values())
                .filter(scalar -> scalar.specificationName().equals(type))
                .findFirst()
                .orElse(null);
    }

    private static Payload payload(String type) {
        return Arrays.stream(Payload.values())
                .filter(payload -> payload.specificationName().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
