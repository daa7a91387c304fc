package net.twinpath.daemon.control;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * A method as {@code system.describe} tells of it.
 *
 * @param name   as requests name it
 * @param words  what it does
 * @param access who may call it
 * @param params what the member {@code params} of a request may be, an object; empty when it is missing
 * @param result what the member {@code result} of the answer is
 */
public record MethodDescription(String name, String words, Access access, Schema params, Schema result) {
    /** A method that takes no parameters. */
    public static MethodDescription plain(String name, String words, Access access, Schema result) {
        return new MethodDescription(name, words, access, Schema.object("none"), result);
    }

    JsonObject json() {
        JsonObject object = new JsonObject();
        object.addProperty("name", name);
        object.addProperty("description", words);
        object.addProperty("caller", access.words());
        object.add("params", params.json());
        object.add("result", result.json());
        return object;
    }

    static Schema schema() {
        return Schema.object("a method")
                .with("name", Schema.text("as requests name it"))
                .with("description", Schema.text("what it does"))
                .with("caller", Schema.word("who may call it", List.of(Access.READ.words(), Access.CHANGE.words())))
                .with("params", Schema.map("JSON Schema of its params", Schema.any()))
                .with("result", Schema.map("JSON Schema of its result", Schema.any()));
    }
}
