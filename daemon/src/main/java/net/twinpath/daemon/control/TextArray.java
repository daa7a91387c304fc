package net.twinpath.daemon.control;

import com.google.gson.JsonArray;
import java.util.Collection;

/** Texts as answers bring them. */
public final class TextArray {
    private TextArray() {}

    /** An array of these, in their order. */
    public static JsonArray of(Collection<String> texts) {
        JsonArray array = new JsonArray(texts.size());
        texts.forEach(array::add);
        return array;
    }
}
