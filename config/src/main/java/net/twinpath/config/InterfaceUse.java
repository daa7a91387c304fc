package net.twinpath.config;

import net.twinpath.config.toml.ConfigPosition;

/**
 * What a table does with an interface.
 *
 * @param kind of use
 * @param header of the table
 * @param position where the interface is named
 */
record InterfaceUse(Kind kind, String header, ConfigPosition position) {
    /** The uses there are. A bond or VLAN is made by one table and may be used by another. */
    enum Kind {
        PATH_LINK("a link of", true, false),
        PATH_INSIDE("the inside of", true, false),
        BOND_MEMBER("a member of", true, false),
        MADE_FOR_PATH("made for", true, true),
        MADE("made for", false, true);

        private final String words;
        private final boolean takes;
        private final boolean makes;

        Kind(String words, boolean takes, boolean makes) {
            this.words = words;
            this.takes = takes;
            this.makes = makes;
        }

        /** Whether the interface is nobody else's any more. */
        boolean takes() {
            return takes;
        }

        /** Whether the interface exists because of the table. */
        boolean makes() {
            return makes;
        }
    }

    boolean excludes(InterfaceUse other) {
        return (kind.takes && other.kind.takes) || (kind.makes && other.kind.makes);
    }

    /** Such as {@code a link of [path.dup0] at twinpath.toml:3:10}. */
    @Override
    public String toString() {
        return kind.words + " " + header + " at " + position;
    }
}
