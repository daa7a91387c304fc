package net.twinpath.daemon.ctl;

import com.google.gson.JsonObject;
import java.util.function.Supplier;

/** A form in which answers are printed. */
interface AnswerWriter {
    /**
     * One answer, with the end of its last line.
     *
     * @param answer what the daemon said
     * @param words  the same in words for people
     */
    String write(JsonObject answer, Supplier<String> words);

    /** As {@link #write}, for one of many that come one after the other. */
    default String writeOneOfMany(JsonObject answer, Supplier<String> words) {
        return write(answer, words);
    }

    /** For people. */
    AnswerWriter TEXT = (answer, words) -> words.get();
}
