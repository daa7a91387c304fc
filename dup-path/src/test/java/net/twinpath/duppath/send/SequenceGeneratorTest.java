package net.twinpath.duppath.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The node's counter. */
class SequenceGeneratorTest {
    @Test
    void countsFromItsStartAndWraps() {
        SequenceGenerator sequence = new SequenceGenerator(0xFFFE);

        assertThat(sequence.next()).isEqualTo(0xFFFE);
        assertThat(sequence.next()).isEqualTo(0xFFFF);
        assertThat(sequence.peek()).isZero();
        assertThat(sequence.next()).isZero();
        assertThat(sequence.next()).isEqualTo(1);
    }
}
