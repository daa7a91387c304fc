package net.twinpath.netlink.generator;

import java.util.List;
import java.util.stream.Collectors;
import net.twinpath.netlink.generator.Specification.Member;
import net.twinpath.netlink.generator.Specification.Struct;

/** Writes a struct as a record with its layout on the wire. */
final class StructWriter {
    private final Struct struct;
    private final String type;
    private final List<Member> members;
    private final SourceText source = new SourceText();

    StructWriter(Struct struct) {
        this.struct = struct;
        type = JavaNames.type(struct.name());
        members = struct.members().stream()
                .filter(member -> member.type() != null)
                .toList();
    }

    SourceText write() {
        documentation();
        source.line(SourceParts.GENERATED);
        source.line(
                "public record %s(%s) {",
                type,
                members.stream()
                        .map(member -> javaType(member) + " " + JavaNames.variable(member.name()))
                        .collect(Collectors.joining(", ")));
        source.doc("Octets on the wire.");
        source.line("public static final int LENGTH = %d;", struct.length()).blank();
        source.doc("Every member 0.");
        source.line(
                "public static final %1$s ZERO = new %1$s(%2$s);",
                type, members.stream().map(member -> "0").collect(Collectors.joining(", ")));
        for (Member member : members) {
            wither(member);
        }
        encode();
        decode();
        return source.line("}");
    }

    private void documentation() {
        source.line("/**");
        source.line(" * %s", SourceParts.docOr(struct.doc(), "{@code struct " + struct.name() + "}."));
        source.line(" *");
        int offset = 0;
        for (Member member : struct.members()) {
            ScalarType scalar = member.type();
            if (scalar != null) {
                source.line(
                        " * @param %s offset %d, %s%s%s",
                        JavaNames.variable(member.name()),
                        offset,
                        scalar.specificationName(),
                        member.bigEndian() ? " big-endian" : "",
                        member.doc() == null ? "" : ": " + member.doc());
            }
            offset += member.length();
        }
        source.line(" */");
    }

    private void wither(Member changed) {
        String variable = JavaNames.variable(changed.name());
        source.blank();
        source.line("public %s with%s(%s %s) {", type, SourceParts.capital(variable), javaType(changed), variable);
        source.line(
                "return new %s(%s);",
                type,
                members.stream()
                        .map(member -> JavaNames.variable(member.name()))
                        .collect(Collectors.joining(", ")));
        source.line("}");
    }

    private void encode() {
        source.blank();
        source.line("public void encode(AttributeEncoder out) {");
        source.line("int start = out.reserve(LENGTH);");
        source.line("MutableDirectBuffer buffer = out.buffer();");
        int offset = 0;
        for (Member member : struct.members()) {
            if (member.type() != null) {
                String value = JavaNames.variable(member.name());
                source.line("buffer.put%s;", access(member, offset, ", " + narrowing(member) + value));
            }
            offset += member.length();
        }
        source.line("}");
    }

    private void decode() {
        source.blank();
        source.line("public static %s decode(AttributeDecoder in) {", type);
        source.line("int start = in.take(LENGTH);");
        source.line("DirectBuffer buffer = in.buffer();");
        int offset = 0;
        for (Member member : struct.members()) {
            if (member.type() != null) {
                String read = "buffer.get" + access(member, offset, "");
                source.line("%s %s = %s;", javaType(member), JavaNames.variable(member.name()), widening(member, read));
            }
            offset += member.length();
        }
        source.line(
                "return new %s(%s);",
                type,
                members.stream()
                        .map(member -> JavaNames.variable(member.name()))
                        .collect(Collectors.joining(", ")));
        source.line("}");
    }

    /** {@code Short(start + 2, value, ByteOrder...)}: the tail of an access to the buffer. */
    private static String access(Member member, int offset, String value) {
        String place = offset == 0 ? "start" : "start + " + offset;
        String order = member.bigEndian() && member.length() > 1 ? ", java.nio.ByteOrder.BIG_ENDIAN" : "";
        return switch (member.length()) {
            case 1 -> "Byte(" + place + value + ")";
            case 2 -> "Short(" + place + value + order + ")";
            case 4 -> "Int(" + place + value + order + ")";
            default -> "Long(" + place + value + order + ")";
        };
    }

    private static String narrowing(Member member) {
        return switch (type(member)) {
            case U8 -> "(byte) ";
            case U16 -> "(short) ";
            case U32 -> "(int) ";
            case U64, S32 -> "";
        };
    }

    private static String widening(Member member, String read) {
        return switch (type(member)) {
            case U8 -> "Byte.toUnsignedInt(" + read + ")";
            case U16 -> "Short.toUnsignedInt(" + read + ")";
            case U32 -> "Integer.toUnsignedLong(" + read + ")";
            case U64, S32 -> read;
        };
    }

    private static String javaType(Member member) {
        return type(member).javaType();
    }

    private static ScalarType type(Member member) {
        ScalarType type = member.type();
        if (type == null) {
            throw new IllegalArgumentException(member.location() + ": padding has no type");
        }
        return type;
    }
}
