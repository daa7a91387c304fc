package net.twinpath.duppath.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A singly attached node is known to live on a LAN only while nothing speaks against it. */
class SingleAttachmentsTest {
    private static final long SAN = 0x0200000000A1L;
    private static final long SECOND_NS = 1L << 30;

    private final SingleAttachments attachments =
            new SingleAttachments(new UnsafeBuffer(new byte[SingleAttachments.BYTES]));

    @Test
    void nodeLivesOnTheLanItWasHeardOn() {
        assertThat(attachments.lan(SAN, 0)).isEqualTo(SingleAttachments.UNKNOWN);
        attachments.heard(SAN, 1, 0);
        assertThat(attachments.lan(SAN, 50 * SECOND_NS)).isEqualTo(1);
        assertThat(attachments.lan(SAN, 60 * SECOND_NS)).isEqualTo(SingleAttachments.UNKNOWN);
    }

    @Test
    void nodeHeardOnBothLansIsOnNone() {
        attachments.heard(SAN, 0, 0);
        attachments.heard(SAN, 1, 5 * SECOND_NS);
        assertThat(attachments.lan(SAN, 5 * SECOND_NS)).isEqualTo(SingleAttachments.UNKNOWN);
    }

    @Test
    void nodeThatHasMovedLivesOnTheNewLan() {
        attachments.heard(SAN, 0, 0);
        attachments.heard(SAN, 1, 20 * SECOND_NS);
        assertThat(attachments.lan(SAN, 20 * SECOND_NS)).isEqualTo(1);
    }

    @Test
    void nodeThatTurnsOutDoublyAttachedIsForgotten() {
        attachments.heard(SAN, 0, 0);
        attachments.forget(SAN + 1);
        assertThat(attachments.lan(SAN, 0)).isZero();
        attachments.forget(SAN);
        assertThat(attachments.lan(SAN, 0)).isEqualTo(SingleAttachments.UNKNOWN);
    }

    @Test
    void noNodeIsEverTakenForAnother() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 100_000; i++) {
            long heard = random.nextLong(1L << 48) | 1;
            attachments.heard(heard, i & 1, 0);
            assertThat(attachments.lan(heard, 0)).isEqualTo(i & 1);
            assertThat(attachments.lan(heard ^ 2, 0)).isEqualTo(SingleAttachments.UNKNOWN);
        }
    }
}
