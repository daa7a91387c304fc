package net.twinpath.netlink.generator;

import java.util.List;
import java.util.Objects;
import net.twinpath.netlink.generator.Specification.Attribute;
import net.twinpath.netlink.generator.Specification.AttributeSet;
import net.twinpath.netlink.generator.Specification.Format;

/** Writes an attribute set as an immutable class with a builder, its encoding and its decoding. */
final class AttributeSetWriter {
    private final AttributeSet set;
    private final String type;
    private final List<AttributeField> fields;
    private final SourceText source = new SourceText();

    AttributeSetWriter(Specification specification, AttributeSet set) {
        this.set = set;
        type = JavaNames.type(set.name());
        fields = AttributeField.of(specification, set);
    }

    SourceText write() {
        source.doc(SourceParts.docOr(set.doc(), "Attribute set " + set.name() + ".")
                + " An attribute that is not there is null, false for a flag,"
                + " or an empty list where it may be repeated;"
                + " attributes not named here are passed over when decoding.");
        source.line(SourceParts.GENERATED);
        source.line("public final class %s {", type);
        for (Attribute attribute : set.attributes()) {
            source.line("public static final int %s = %d;", attribute.kernelName(), attribute.value());
        }
        source.blank();
        fields.forEach(field -> fieldDeclaration(field, "private final ", false));
        constructor();
        source.blank()
                .line("public static Builder builder() {")
                .line("return new Builder();")
                .line("}");
        fields.forEach(this::accessor);
        encode();
        decode();
        builder();
        return source.line("}");
    }

    private void fieldDeclaration(AttributeField field, String modifiers, boolean initialised) {
        if (field.headerName() != null) {
            source.line("%s@Nullable %s %s;", modifiers, field.headerType(), field.headerName());
        }
        String value = initialised && field.attribute().multi() ? " = new ArrayList<>()" : "";
        source.line("%s%s %s%s;", modifiers, field.fieldType(), field.name(), value);
    }

    private void constructor() {
        source.blank().line("private %s(Builder builder) {", type);
        for (AttributeField field : fields) {
            if (field.headerName() != null) {
                source.line("%1$s = builder.%1$s;", field.headerName());
            }
            boolean collected = field.attribute().multi();
            source.line(collected ? "%1$s = List.copyOf(builder.%1$s);" : "%1$s = builder.%1$s;", field.name());
        }
        source.line("}");
    }

    private void accessor(AttributeField field) {
        source.blank();
        if (field.headerName() != null) {
            source.line("public @Nullable %s %s() {", field.headerType(), field.headerName());
            source.line("return %s;", field.headerName()).line("}").blank();
        }
        source.doc(field.attribute().doc());
        source.line("public %s %s() {", field.fieldType(), field.name());
        source.line(field.octets() ? "return %1$s == null ? null : %1$s.clone();" : "return %s;", field.name());
        source.line("}");
    }

    private void encode() {
        source.blank().line("public void encode(AttributeEncoder out) {");
        for (AttributeField field : fields) {
            if (field.attribute().multi()) {
                source.line("for (%s item : %s) {", field.type(), field.name());
                encodeNest(field, constantAndName(field), "item");
                source.line("}");
            } else {
                source.line(field.flag() ? "if (%s) {" : "if (%s != null) {", field.name());
                encodeSingle(field);
                source.line("}");
            }
        }
        source.line("}");
    }

    private void encodeSingle(AttributeField field) {
        String names = constantAndName(field);
        switch (field.attribute().payload()) {
            case SCALAR -> source.line("out.put%s(%s, %s);", scalarMethod(field.attribute()), names, field.name());
            case STRING -> source.line("out.putString(%s, %s);", names, field.name());
            case BINARY -> encodeBinary(field, names, field.name());
            case FLAG -> source.line("out.putFlag(%s);", names);
            case INDEXED_ARRAY -> encodeIndexedArray(field);
            case NEST, SUB_MESSAGE -> encodeNest(field, names, field.name());
        }
    }

    private void encodeBinary(AttributeField field, String names, String value) {
        if (field.octets()) {
            source.line("out.putBytes(%s, %s);", names, value);
        } else {
            encodeNest(field, names, value);
        }
    }

    /** A struct goes the way of a nest that has a fixed header and nothing behind it. */
    private void encodeNest(AttributeField field, String names, String value) {
        String header = field.headerName();
        boolean plain = header == null && field.attribute().struct() == null;
        source.line("out.%s(%s);", plain ? "beginNest" : "beginNestWithHeader", names);
        if (header != null) {
            source.line("(%1$s == null ? %2$s.ZERO : %1$s).encode(out);", header, field.headerType());
        }
        source.line("%s.encode(out);", value);
        source.line("out.endNest();");
    }

    private void encodeIndexedArray(AttributeField field) {
        String item = field.name() + ".get(i)";
        String names = "i, \"" + field.attribute().kernelName() + "[\" + i + \"]\"";
        source.line("out.beginNest(%s);", constantAndName(field));
        source.line("for (int i = 0; i < %s.size(); i++) {", field.name());
        if (field.attribute().nestedSet() != null) {
            encodeNest(field, names, item);
        } else if (field.attribute().scalar() != null) {
            source.line("out.put%s(%s, %s);", scalarMethod(field.attribute()), names, item);
        } else {
            source.line("out.putBytes(%s, %s);", names, item);
        }
        source.line("}").line("out.endNest();");
    }

    private void decode() {
        source.blank().line("public static %s decode(AttributeDecoder in) {", type);
        source.line("Builder builder = builder();");
        List<AttributeField> selected =
                fields.stream().filter(field -> field.format() != null).toList();
        selected.stream()
                .map(field -> JavaNames.variable(field.attribute().name()))
                .distinct()
                .forEach(name -> source.line("AttributeDecoder %sNest = null;", name));
        source.line("while (in.next()) {").line("switch (in.type()) {");
        for (Attribute attribute : set.attributes()) {
            decode(attribute);
        }
        source.line("default -> {}").line("}").line("}");
        selected.forEach(this::decodeSelected);
        source.line("return builder.build();").line("}");
    }

    private void decode(Attribute attribute) {
        String name = JavaNames.variable(attribute.name());
        String label = "case " + attribute.kernelName() + " -> ";
        switch (attribute.payload()) {
            case SCALAR -> source.line("%sbuilder.%s(in.%s());", label, name, decodeMethod(attribute));
            case STRING -> source.line("%sbuilder.%s(in.string());", label, name);
            case BINARY -> decodeBinary(attribute, name, label);
            case FLAG -> source.line("%sbuilder.%s(true);", label, name);
            case SUB_MESSAGE -> source.line("%s%sNest = in.nest();", label, name);
            case NEST -> decodeNest(attribute, name, label);
            case INDEXED_ARRAY -> decodeIndexedArray(attribute, name, label);
        }
    }

    private void decodeBinary(Attribute attribute, String name, String label) {
        String struct = attribute.struct();
        String value = struct == null ? "in.bytes()" : JavaNames.type(struct) + ".decode(in.nest())";
        source.line(attribute.multi() ? "%sbuilder.%s.add(%s);" : "%sbuilder.%s(%s);", label, name, value);
    }

    private void decodeIndexedArray(Attribute attribute, String name, String label) {
        String type = AttributeField.itemType(attribute);
        source.line("%s{", label).line("AttributeDecoder nest = in.nest();");
        source.line("List<%s> items = new ArrayList<>();", type);
        source.line("while (nest.next()) {");
        if (attribute.nestedSet() != null) {
            source.line("items.add(%s.decode(nest.nest()));", type);
        } else {
            source.line("items.add(nest.%s());", attribute.scalar() == null ? "bytes" : decodeMethod(attribute));
        }
        source.line("}").line("builder.%s(items);", name).line("}");
    }

    private void decodeNest(Attribute attribute, String name, String label) {
        String nested = JavaNames.type(Objects.requireNonNull(attribute.nestedSet()));
        source.line("%s{", label).line("AttributeDecoder nest = in.nest();");
        if (attribute.multi()) {
            source.line("builder.%s.add(%s.decode(nest));", name, nested);
        } else if (attribute.fixedHeader() != null) {
            source.line(
                    "builder.%s(%s.decode(nest), %s.decode(nest));",
                    name, JavaNames.type(attribute.fixedHeader()), nested);
        } else {
            source.line("builder.%s(%s.decode(nest));", name, nested);
        }
        source.line("}");
    }

    private void decodeSelected(AttributeField field) {
        Attribute attribute = field.attribute();
        Format format = Objects.requireNonNull(field.format());
        String nest = JavaNames.variable(attribute.name()) + "Nest";
        source.line(
                "if (%s != null && \"%s\".equals(builder.%s)) {",
                nest, format.value(), JavaNames.variable(Objects.requireNonNull(attribute.selector())));
        source.line("builder.%s(%s.decode(%s));", field.name(), field.type(), nest);
        source.line("}");
    }

    private void builder() {
        source.blank();
        source.doc("Collects the attributes that are to be set; the others stay unset.");
        source.line("public static final class Builder {");
        fields.forEach(field -> fieldDeclaration(field, "private ", true));
        source.blank().line("private Builder() {}");
        for (AttributeField field : fields) {
            setter(source, field, "Builder");
            assign(field);
            source.line("return this;").line("}");
        }
        source.blank().line("public %s build() {", type).line("return new %s(this);", type);
        source.line("}").line("}");
    }

    private void assign(AttributeField field) {
        if (field.headerName() != null) {
            source.line("this.%1$s = %1$s;", field.headerName());
        }
        if (field.array()) {
            source.line("this.%1$s = List.copyOf(%1$s);", field.name());
        } else if (field.list()) {
            source.line("this.%1$s = new ArrayList<>(%1$s);", field.name());
        } else {
            source.line(field.octets() ? "this.%1$s = %1$s.clone();" : "this.%1$s = %1$s;", field.name());
        }
    }

    /** The opening of a setter, with its documentation. */
    static void setter(SourceText source, AttributeField field, String returnType) {
        source.blank().doc(field.attribute().doc());
        String header = field.headerName();
        source.line(
                "public %s %s(%s%s %s) {",
                returnType,
                field.name(),
                header == null ? "" : field.headerType() + " " + header + ", ",
                field.setterType(),
                field.name());
    }

    private static String constantAndName(AttributeField field) {
        String constant = field.attribute().kernelName();
        return constant + ", \"" + constant + "\"";
    }

    private static String scalarMethod(Attribute attribute) {
        String order = attribute.bigEndian() ? "BigEndian" : "";
        return Objects.requireNonNull(attribute.scalar()).name() + order;
    }

    private static String decodeMethod(Attribute attribute) {
        String order = attribute.bigEndian() ? "BigEndian" : "";
        return Objects.requireNonNull(attribute.scalar()).specificationName() + order;
    }
}
