package net.twinpath.netlink.generator;

import java.util.Locale;

/** The numbers a struct member or an attribute can hold, and the Java type wide enough for each. */
enum ScalarType {
    U8(1, "int", "Integer"),
    U16(2, "int", "Integer"),
    U32(4, "long", "Long"),
    /** In Java the same 64 bits, read as signed. */
    U64(8, "long", "Long"),
    S32(4, "int", "Integer");

    private final int length;
    private final String javaType;
    private final String boxedType;

    ScalarType(int length, String javaType, String boxedType) {
        this.length = length;
        this.javaType = javaType;
        this.boxedType = boxedType;
    }

    /** Octets on the wire. */
    int length() {
        return length;
    }

    String javaType() {
        return javaType;
    }

    String boxedType() {
        return boxedType;
    }

    /** The name in a specification, for example {@code u32}. */
    String specificationName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
