package net.twinpath.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Capability bits. */
class PrivilegesTest {
    @Test
    void missingCapabilitiesAreNamed() {
        assertThat(Privileges.missing(0x1FFFFFFFFFFL)).isEmpty();
        assertThat(Privileges.missing(1L << 12)).containsExactly("CAP_NET_RAW");
        assertThat(Privileges.missing(1L << 13)).containsExactly("CAP_NET_ADMIN");
        assertThat(Privileges.missing(0)).containsExactly("CAP_NET_ADMIN", "CAP_NET_RAW");
    }
}
