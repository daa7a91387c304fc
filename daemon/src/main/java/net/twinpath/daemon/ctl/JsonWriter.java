package net.twinpath.daemon.ctl;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.function.Supplier;

/** Answers as they came: JSON with indents, and on one line each where many come one after the other. */
final class JsonWriter implements AnswerWriter {
    private static final Gson PRETTY = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    @Override
    public String write(JsonObject answer, Supplier<String> words) {
        return PRETTY.toJson(answer) + "\n";
    }

    @Override
    public String writeOneOfMany(JsonObject answer, Supplier<String> words) {
        return answer + "\n";
    }
}
