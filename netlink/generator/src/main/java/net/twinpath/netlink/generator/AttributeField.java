package net.twinpath.netlink.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.twinpath.netlink.generator.Specification.Attribute;
import net.twinpath.netlink.generator.Specification.AttributeSet;
import net.twinpath.netlink.generator.Specification.Format;
import net.twinpath.netlink.generator.Specification.Payload;
import net.twinpath.netlink.generator.Specification.SubMessage;
import org.jspecify.annotations.Nullable;

/**
 * An attribute as Java sees it; a sub-message becomes one field for each of its formats.
 *
 * @param name      Java name of field, accessor and setter
 * @param attribute what it is in the specification
 * @param type      Java type of the value; of one item for a list
 * @param format    the format of a sub-message, otherwise null
 */
record AttributeField(
        String name,
        Attribute attribute,
        String type,
        @Nullable Format format) {
    /** The fields of a set, in the order of its attributes. */
    static List<AttributeField> of(Specification specification, AttributeSet set) {
        List<AttributeField> fields = new ArrayList<>();
        for (Attribute attribute : set.attributes()) {
            fields.addAll(of(specification, attribute));
        }
        return fields;
    }

    /** The fields one attribute becomes. */
    static List<AttributeField> of(Specification specification, Attribute attribute) {
        String name = JavaNames.variable(attribute.name());
        if (attribute.payload() != Payload.SUB_MESSAGE) {
            return List.of(new AttributeField(name, attribute, javaType(attribute), null));
        }
        List<AttributeField> fields = new ArrayList<>();
        for (SubMessage subMessage : specification.subMessages()) {
            if (subMessage.name().equals(attribute.subMessage())) {
                for (Format format : subMessage.formats()) {
                    String suffix = JavaNames.type(format.value());
                    String type = JavaNames.type(format.attributeSet());
                    fields.add(new AttributeField(name + suffix, attribute, type, format));
                }
            }
        }
        return fields;
    }

    boolean list() {
        return attribute.multi() || array();
    }

    /** True for an attribute that holds a list, which can be there and be empty. */
    boolean array() {
        return attribute.payload() == Payload.INDEXED_ARRAY;
    }

    boolean flag() {
        return attribute.payload() == Payload.FLAG;
    }

    boolean octets() {
        return attribute.payload() == Payload.BINARY && attribute.struct() == null;
    }

    /** Name of the field of the struct in front of the nest; null when there is none. */
    @Nullable
    String headerName() {
        return attribute.fixedHeader() == null ? null : name + "Header";
    }

    String headerType() {
        return JavaNames.type(Objects.requireNonNull(attribute.fixedHeader()));
    }

    /** Type of the field, which is null (or empty, or false) while unset. */
    String fieldType() {
        if (list()) {
            return (array() ? "@Nullable " : "") + "List<" + type + ">";
        }
        if (octets()) {
            return "byte @Nullable []";
        }
        return flag() ? "boolean" : "@Nullable " + type;
    }

    /** Type of the setter's parameter. */
    String setterType() {
        if (list()) {
            return "List<" + type + ">";
        }
        ScalarType scalar = attribute.scalar();
        return scalar == null ? type : scalar.javaType();
    }

    private static String javaType(Attribute attribute) {
        return switch (attribute.payload()) {
            case SCALAR -> Objects.requireNonNull(attribute.scalar()).boxedType();
            case STRING -> "String";
            case BINARY -> attribute.struct() == null ? "byte[]" : JavaNames.type(attribute.struct());
            case FLAG -> "boolean";
            case NEST -> JavaNames.type(Objects.requireNonNull(attribute.nestedSet()));
            case INDEXED_ARRAY -> itemType(attribute);
            case SUB_MESSAGE -> throw new IllegalArgumentException("a sub-message has one type for each format");
        };
    }

    /** Java type of one item of an indexed array. */
    static String itemType(Attribute attribute) {
        if (attribute.nestedSet() != null) {
            return JavaNames.type(attribute.nestedSet());
        }
        return attribute.scalar() == null ? "byte[]" : attribute.scalar().boxedType();
    }
}
