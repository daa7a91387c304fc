package net.twinpath.daemon.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes are taken back the latest first, each once, whatever fails. */
class UndoStackTest {
    @Test
    void allIsTakenBackInReverseOrderAlthoughOneStepFails() {
        List<Integer> undone = new ArrayList<>();
        UndoStack undo = new UndoStack();
        undo.push("one", () -> undone.add(1));
        undo.push("two", () -> {
            throw new IOException("gone");
        });
        undo.push("three", () -> undone.add(3));

        undo.close();
        undo.close();

        assertThat(undone).containsExactly(3, 1);
    }
}
