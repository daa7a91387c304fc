package net.twinpath.daemon.control;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers JSON-RPC 2.0 requests, one text each: every text gets an answer, whatever it is. Batches are not taken, and a
 * request without an id is refused, so that no packet stays without an answer.
 */
public final class JsonRpc {
    static final int PARSE_ERROR = -32_700;
    static final int INVALID_REQUEST = -32_600;
    static final int METHOD_NOT_FOUND = -32_601;
    static final int INVALID_PARAMS = -32_602;
    static final int INTERNAL_ERROR = -32_603;

    private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+)");

    /** The request was understood, and the daemon will not do it; of the range the standard leaves to servers. */
    static final int REFUSED = -32_000;

    private final Map<String, Registered> methods = new TreeMap<>();

    /** What a method does: from the request's params, empty when it has none, to the result. */
    @FunctionalInterface
    public interface Method {
        /**
         * Answers one request.
         *
         * @throws RefusedException         becomes an error with its message
         * @throws IllegalArgumentException becomes "invalid params" with its message
         */
        JsonElement call(JsonObject params) throws RefusedException;
    }

    private record Registered(Method method, boolean changes) {}

    /**
     * Adds a method that changes nothing, which every client may call.
     *
     * @param name as requests name it
     */
    public void asking(String name, Method method) {
        methods.put(name, new Registered(method, false));
    }

    /**
     * Adds a method that changes something, which root alone may call.
     *
     * @param name as requests name it
     */
    public void changing(String name, Method method) {
        methods.put(name, new Registered(method, true));
    }

    /**
     * The answer to one request.
     *
     * @param mayChange whether the client may call methods that change something
     */
    public String answer(String text, boolean mayChange) {
        JsonElement request;
        try {
            request = parse(text);
        } catch (JsonParseException | IOException | IllegalStateException e) {
            return error(JsonNull.INSTANCE, PARSE_ERROR, "not one JSON text: " + objection(e));
        }
        return request.isJsonObject()
                ? answer(request.getAsJsonObject(), mayChange)
                : error(JsonNull.INSTANCE, INVALID_REQUEST, "a request is one JSON object, and batches are not taken");
    }

    /** The library's texts are for its own callers; of them the place is kept. */
    private static String objection(Exception e) {
        Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
        return place.find()
                ? "wrong at line " + place.group(1) + ", column " + place.group(2)
                : "it is empty or cut short";
    }

    private static JsonElement parse(String text) throws IOException {
        if (text.isBlank()) {
            throw new JsonParseException("empty");
        }
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        JsonElement element = JsonParser.parseReader(reader);
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new JsonParseException("more than one");
        }
        return element;
    }

    private String answer(JsonObject request, boolean mayChange) {
        JsonElement id = request.get("id");
        if (!isId(id)) {
            return error(JsonNull.INSTANCE, INVALID_REQUEST, "a request has an id, a string or a number");
        }
        if (!isText(request.get("jsonrpc"), "2.0")) {
            return error(id, INVALID_REQUEST, "\"jsonrpc\" is \"2.0\"");
        }
        JsonElement method = request.get("method");
        if (method == null
                || !method.isJsonPrimitive()
                || !method.getAsJsonPrimitive().isString()) {
            return error(id, INVALID_REQUEST, "\"method\" is a string");
        }
        JsonElement params = request.get("params");
        if (params != null && !params.isJsonObject()) {
            return error(id, INVALID_PARAMS, "\"params\" is an object");
        }
        JsonObject given = params == null ? new JsonObject() : params.getAsJsonObject();
        return call(id, method.getAsString(), given, mayChange);
    }

    private String call(JsonElement id, String name, JsonObject params, boolean mayChange) {
        Registered method = methods.get(name);
        if (method == null) {
            String known = String.join(", ", methods.keySet());
            return error(id, METHOD_NOT_FOUND, "no method \"" + name + "\"; there are: " + known);
        }
        if (method.changes() && !mayChange) {
            return error(id, REFUSED, "\"" + name + "\" changes something, which root alone may do");
        }
        try {
            JsonObject answer = envelope(id);
            answer.add("result", method.method().call(params));
            return answer.toString();
        } catch (RefusedException e) {
            return error(id, REFUSED, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return error(id, INVALID_PARAMS, String.valueOf(e.getMessage()));
        }
    }

    /** The answer to a text that could not be looked at, or to a request that failed. */
    static String error(JsonElement id, int code, String message) {
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        JsonObject answer = envelope(id);
        answer.add("error", error);
        return answer.toString();
    }

    private static JsonObject envelope(JsonElement id) {
        JsonObject answer = new JsonObject();
        answer.addProperty("jsonrpc", "2.0");
        answer.add("id", id);
        return answer;
    }

    private static boolean isId(JsonElement id) {
        return id instanceof JsonPrimitive primitive && (primitive.isString() || primitive.isNumber());
    }

    private static boolean isText(JsonElement element, String text) {
        return element instanceof JsonPrimitive primitive
                && primitive.isString()
                && primitive.getAsString().equals(text);
    }
}
