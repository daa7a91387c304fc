package net.twinpath.netlink.generator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.twinpath.netlink.generator.Specification.Attribute;
import net.twinpath.netlink.generator.Specification.AttributeSet;
import net.twinpath.netlink.generator.Specification.Format;
import net.twinpath.netlink.generator.Specification.Message;
import net.twinpath.netlink.generator.Specification.Operation;
import net.twinpath.netlink.generator.Specification.Struct;
import net.twinpath.netlink.generator.Specification.SubMessage;
import org.jspecify.annotations.Nullable;

/** Finds names that lead nowhere and names or numbers given twice, before anything is written. */
final class ReferenceCheck {
    private final Specification specification;
    private final Set<String> sets;
    private final Set<String> structs;
    private final Set<String> subMessages;

    private ReferenceCheck(Specification specification) {
        this.specification = specification;
        sets = names(specification.attributeSets(), AttributeSet::name);
        structs = names(specification.structs(), Struct::name);
        subMessages = names(specification.subMessages(), SubMessage::name);
    }

    static void check(Specification specification) {
        ReferenceCheck check = new ReferenceCheck(specification);
        unique(specification.attributeSets(), AttributeSet::name, AttributeSet::location);
        unique(specification.structs(), Struct::name, Struct::location);
        unique(specification.operations(), Operation::name, Operation::location);
        specification.attributeSets().forEach(check::attributeSet);
        for (SubMessage subMessage : specification.subMessages()) {
            for (Format format : subMessage.formats()) {
                refer(format.location(), "attribute set", format.attributeSet(), check.sets);
            }
        }
        specification.operations().forEach(check::operation);
    }

    private void attributeSet(AttributeSet set) {
        unique(set.attributes(), Attribute::name, Attribute::location);
        unique(set.attributes(), attribute -> "value " + attribute.value(), Attribute::location);
        Set<String> attributes = names(set.attributes(), Attribute::name);
        for (Attribute attribute : set.attributes()) {
            refer(attribute.location(), "attribute set", attribute.nestedSet(), sets);
            refer(attribute.location(), "struct", attribute.struct(), structs);
            refer(attribute.location(), "struct", attribute.fixedHeader(), structs);
            refer(attribute.location(), "sub-message", attribute.subMessage(), subMessages);
            refer(attribute.location(), "attribute of this set", attribute.selector(), attributes);
        }
    }

    private void operation(Operation operation) {
        refer(operation.location(), "struct", operation.fixedHeader(), structs);
        refer(operation.location(), "attribute set", operation.attributeSet(), sets);
        refer(
                operation.location(),
                "operation",
                operation.notifies(),
                names(specification.operations(), Operation::name));
        for (AttributeSet set : specification.attributeSets()) {
            if (set.name().equals(operation.attributeSet())) {
                message(operation.single(), set);
                message(operation.dump(), set);
                message(operation.reply(), set);
            }
        }
    }

    private static void message(@Nullable Message message, AttributeSet set) {
        if (message != null) {
            Set<String> attributes = names(set.attributes(), Attribute::name);
            for (String attribute : message.attributes()) {
                refer(message.location(), "attribute of " + set.name(), attribute, attributes);
            }
        }
    }

    private static void refer(Location location, String what, @Nullable String name, Set<String> known) {
        if (name != null && !known.contains(name)) {
            throw location.error("there is no " + what + " named \"" + name + "\"");
        }
    }

    private static <T> void unique(List<T> items, Function<T, String> key, Function<T, Location> location) {
        Map<String, Location> seen = new HashMap<>();
        for (T item : items) {
            Location first = seen.putIfAbsent(key.apply(item), location.apply(item));
            if (first != null) {
                throw location.apply(item).error(key.apply(item) + " is already used in line " + first.line());
            }
        }
    }

    private static <T> Set<String> names(List<T> items, Function<T, String> name) {
        return items.stream().map(name).collect(Collectors.toSet());
    }
}
