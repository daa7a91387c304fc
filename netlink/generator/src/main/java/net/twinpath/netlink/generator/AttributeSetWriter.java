package net.twinpath.netlink.generator;

import java.util.List;
import java.util.Objects;
import net.twinpath.netlink.generator.Specification.Attribute;
import net.twinpath.netlink.generator.Specification.AttributeSet;
import net.twinpath.netlink.generator.Specification.Format;
import net.twinpath.netlink.generator.Specification.Payload;

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
                + " An attribute that is not there is null, false for a flag, or an empty list;"
                + " attributes not named here are passed over when decoding.");
        source.line(SourceParts.GENERATED);
        source.line("public final class %s {", type);
        for (Attribute attribute : set.attributes()) {
            source.line("public static final int %s = %d;", attribute.kernelName(), attribute.value());
        }
        source.blank();
        fields.forEach(field -> fieldDeclaration(field, "private final ", ""));
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

    private void fieldDeclaration(AttributeField field, String modifiers, String listValue) {
        if (field.headerName() != null) {
            source.line("%s@Nullable %s %s;", modifiers, field.headerType(), field.headerName());
        }
        source.line("%s%s %s%s;", modifiers, field.fieldType(), field.name(), field.list() ? listValue : "");
    }

    private void constructor() {
        source.blank().line("private %s(Builder builder) {", type);
        for (AttributeField field : fields) {
            if (field.headerName() != null) {
                source.line("%1$s = builder.%1$s;", field.headerName());
            }
            source.line(field.list() ? "%1$s = List.copyOf(builder.%1$s);" : "%1$s = builder.%1$s;", field.name());
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
            if (field.attribute().payload() == Payload.INDEXED_ARRAY) {
                encodeIndexedArray(field);
            } else if (field.list()) {
                source.line("for (%s item : %s) {", field.type(), field.name());
                encodeNest(field, "item");
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
            case BINARY -> source.line("out.putBytes(%s, %s);", names, field.name());
            case FLAG -> source.line("out.putFlag(%s);", names);
            default -> encodeNest(field, field.name());
        }
    }

    private void encodeNest(AttributeField field, String value) {
        String header = field.headerName();
        source.line("out.%s(%s);", header == null ? "beginNest" : "beginNestWithHeader", constantAndName(field));
        if (header != null) {
            source.line("(%1$s == null ? %2$s.ZERO : %1$s).encode(out);", header, field.headerType());
        }
        source.line("%s.encode(out);", value);
        source.line("out.endNest();");
    }

    private void encodeIndexedArray(AttributeField field) {
        source.line("if (!%s.isEmpty()) {", field.name());
        source.line("out.beginNest(%s);", constantAndName(field));
        source.line("for (int i = 0; i < %s.size(); i++) {", field.name());
        source.line("out.beginNest(i + 1, \"[\" + i + \"]\");");
        source.line("%s.get(i).encode(out);", field.name());
        source.line("out.endNest();").line("}");
        source.line("out.endNest();").line("}");
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
            case BINARY -> source.line("%sbuilder.%s(in.bytes());", label, name);
            case FLAG -> source.line("%sbuilder.%s(true);", label, name);
            case SUB_MESSAGE -> source.line("%s%sNest = in.nest();", label, name);
            case NEST, INDEXED_ARRAY -> decodeNest(attribute, name, label);
        }
    }

    private void decodeNest(Attribute attribute, String name, String label) {
        String nested = JavaNames.type(Objects.requireNonNull(attribute.nestedSet()));
        source.line("%s{", label).line("AttributeDecoder nest = in.nest();");
        if (attribute.payload() == Payload.INDEXED_ARRAY) {
            source.line("while (nest.next()) {");
            source.line("builder.%s.add(%s.decode(nest.nest()));", name, nested).line("}");
        } else if (attribute.multi()) {
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
        fields.forEach(field -> fieldDeclaration(field, "private ", " = new ArrayList<>()"));
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
        if (field.list()) {
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
