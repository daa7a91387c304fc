package net.twinpath.config;

import net.twinpath.config.toml.ConfigPosition;

/** What stands on the inner side of a path. */
public sealed interface Inside {
    /** The value in the file: {@code host}, or the name of an interface. */
    String text();

    /** This machine: the daemon makes a network interface named like the path. */
    record Host() implements Inside {
        /** The value in the file. */
        static final String TEXT = "host";

        @Override
        public String text() {
            return TEXT;
        }
    }

    /**
     * The devices behind an interface, which need know nothing of the path: the daemon is their gateway (RedBox).
     *
     * @param interfaceName of an interface that exists outside of twinpath
     * @param source where the key stands
     */
    record Gateway(String interfaceName, ConfigPosition source) implements Inside {
        @Override
        public String text() {
            return interfaceName;
        }
    }
}
