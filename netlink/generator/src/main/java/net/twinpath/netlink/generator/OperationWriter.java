package net.twinpath.netlink.generator;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import net.twinpath.netlink.generator.Specification.Attribute;
import net.twinpath.netlink.generator.Specification.AttributeSet;
import net.twinpath.netlink.generator.Specification.Message;
import net.twinpath.netlink.generator.Specification.Operation;

/** Writes the typed requests and the typed reply of one operation. */
final class OperationWriter {
    private final Specification specification;
    private final Operation operation;

    OperationWriter(Specification specification, Operation operation) {
        this.specification = specification;
        this.operation = operation;
    }

    /** Hands each source to {@code sink}, by the name of its type. */
    void write(BiConsumer<String, SourceText> sink) {
        if (operation.notifies() != null) {
            return;
        }
        String name = JavaNames.type(operation.name());
        if (operation.single() != null) {
            sink.accept(name + "Request", request(name + "Request", operation.single(), ""));
        }
        if (operation.dump() != null) {
            sink.accept(name + "DumpRequest", request(name + "DumpRequest", operation.dump(), " for a dump"));
        }
        if (operation.reply() != null) {
            sink.accept(name + "Reply", reply(name + "Reply", operation.reply()));
        }
    }

    private SourceText request(String type, Message message, String purpose) {
        SourceText source = new SourceText();
        source.doc("Request " + operation.kernelName() + purpose + ": an attribute that is not set is not sent."
                + (operation.doc() == null ? "" : " " + operation.doc()));
        source.line(SourceParts.GENERATED);
        source.line("public final class %s implements NetlinkRequest {", type);
        source.line("private final %1$s.Builder attributes = %1$s.builder();", set());
        if (specification.generic()) {
            genericStart(source, type);
        } else {
            rawStart(source, type, message);
        }
        for (String attribute : message.attributes()) {
            for (AttributeField field : fields(attribute)) {
                AttributeSetWriter.setter(source, field, type);
                String header = field.headerName();
                source.line("attributes.%s(%s%s);", field.name(), header == null ? "" : header + ", ", field.name());
                source.line("return this;").line("}");
            }
        }
        encode(source, message);
        return source.line("}");
    }

    private void genericStart(SourceText source, String type) {
        source.line("private final int familyId;").blank();
        source.line("/** A request to the family with this number, which the kernel gave it when it started. */");
        source.line("public %s(int familyId) {", type);
        source.line("this.familyId = familyId;").line("}").blank();
        source.line("@Override")
                .line("public int messageType() {")
                .line("return familyId;")
                .line("}");
    }

    private void rawStart(SourceText source, String type, Message message) {
        String header = operation.fixedHeader();
        if (header != null) {
            String variable = JavaNames.variable(header);
            source.line("private %1$s %2$s = %1$s.ZERO;", JavaNames.type(header), variable)
                    .blank();
            source.line("public %s %s(%s %s) {", type, variable, JavaNames.type(header), variable);
            source.line("this.%1$s = %1$s;", variable).line("return this;").line("}");
        }
        source.blank().line("@Override").line("public int messageType() {");
        source.line("return %s;", number(message)).line("}");
    }

    private void encode(SourceText source, Message message) {
        source.blank().line("@Override").line("public void encode(AttributeEncoder out) {");
        if (specification.generic()) {
            source.line("out.putGenericHeader(%s, %s.VERSION);", number(message), family());
        } else if (operation.fixedHeader() != null) {
            source.line("%s.encode(out);", JavaNames.variable(operation.fixedHeader()));
        }
        source.line("attributes.build().encode(out);").line("}");
    }

    private SourceText reply(String type, Message message) {
        SourceText source = new SourceText();
        String header = operation.fixedHeader();
        source.doc("Reply to " + operation.kernelName() + ": an attribute the kernel did not send is null,"
                + " false for a flag, or an empty list where it may be repeated.");
        source.line(SourceParts.GENERATED);
        source.line(
                "public record %s(%s%s attributes) {",
                type, header == null ? "" : JavaNames.type(header) + " " + JavaNames.variable(header) + ", ", set());
        source.doc(specification.generic() ? "Command of the generic netlink header." : "Type of the message.");
        source.line("public static final int %s = %d;", specification.generic() ? "COMMAND" : "TYPE", message.value())
                .blank();
        source.line("public static %s decode(NetlinkMessage message) {", type);
        source.line("AttributeDecoder in = message.payload();");
        if (specification.generic()) {
            source.line("in.takeGenericHeader();");
        }
        source.line(
                "return new %s(%s%s.decode(in));",
                type, header == null ? "" : JavaNames.type(header) + ".decode(in), ", set());
        source.line("}");
        message.attributes().forEach(attribute -> fields(attribute).forEach(field -> accessor(source, field)));
        return source.line("}");
    }

    /** The constant of the operation; a dump may have a number of its own. */
    private String number(Message message) {
        return message.value() == operation.value()
                ? family() + "." + operation.kernelName()
                : Integer.toString(message.value());
    }

    private String family() {
        return JavaNames.type(specification.name());
    }

    private static void accessor(SourceText source, AttributeField field) {
        source.blank().doc(field.attribute().doc());
        source.line("public %s %s() {", field.fieldType(), field.name());
        source.line("return attributes.%s();", field.name()).line("}");
    }

    private String set() {
        return JavaNames.type(Objects.requireNonNull(operation.attributeSet()));
    }

    private List<AttributeField> fields(String attributeName) {
        for (AttributeSet set : specification.attributeSets()) {
            if (set.name().equals(operation.attributeSet())) {
                for (Attribute attribute : set.attributes()) {
                    if (attribute.name().equals(attributeName)) {
                        return AttributeField.of(specification, attribute);
                    }
                }
            }
        }
        throw operation.location().error("there is no attribute named \"" + attributeName + "\"");
    }
}
