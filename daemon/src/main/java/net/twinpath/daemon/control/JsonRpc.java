package net.twinpath.daemon.control;

import com.google.gson.JsonArray;
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
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.twinpath.daemon.event.Event;
import net.twinpath.daemon.event.EventKind;
import net.twinpath.daemon.event.Events;
import net.twinpath.daemon.event.Severity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers JSON-RPC 2.0 requests, one text each: every text gets an answer, whatever it is, most at once and some later.
 * Batches are not taken, and a request without an id is refused, so that no packet stays without an answer.
 */
public final class JsonRpc {
    static final int PARSE_ERROR = -32_700;
    static final int INVALID_REQUEST = -32_600;
    static final int METHOD_NOT_FOUND = -32_601;
    static final int INVALID_PARAMS = -32_602;
    static final int INTERNAL_ERROR = -32_603;

    /** The request was understood, and the daemon will not do it; of the range the standard leaves to servers. */
    static final int REFUSED = -32_000;

    /** A limit was exceeded; the request was not looked at. */
    static final int LIMIT_EXCEEDED = -32_001;

    /** Characters of a request's params in the log. */
    private static final int MOST_LOGGED = 200;

    private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+)");
    private static final Logger LOG = LoggerFactory.getLogger("control");

    private final Events events;
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

    /** As {@link Method}, for what needs to know who asks, or answers later. */
    @FunctionalInterface
    public interface CallerMethod {
        /** Begins to answer one request; {@code reply} may be used now or later. */
        void begin(JsonObject params, Caller caller, Reply reply) throws RefusedException;
    }

    private record Registered(MethodDescription description, CallerMethod method) {}

    /** @param events is told of every request for a change */
    public JsonRpc(Events events) {
        this.events = events;
        add(
                MethodDescription.plain(
                        "system.describe",
                        "Every method with its parameters, its result and who may call it, and the limits.",
                        Access.READ,
                        Schema.object("what can be asked here")
                                .with("limits", ControlLimits.schema())
                                .with(
                                        "methods",
                                        Schema.list("in the order of their names", MethodDescription.schema()))),
                params -> describe());
    }

    /** Adds a method that answers at once and does not care who asks. */
    public void add(MethodDescription description, Method method) {
        add(description, (params, caller, reply) -> reply.result(method.call(params)));
    }

    /** Adds a method. */
    public void add(MethodDescription description, CallerMethod method) {
        methods.put(description.name(), new Registered(description, method));
    }

    private JsonObject describe() {
        JsonObject object = new JsonObject();
        object.add("limits", ControlLimits.json());
        JsonArray array = new JsonArray();
        methods.values().forEach(method -> array.add(method.description().json()));
        object.add("methods", array);
        return object;
    }

    /**
     * Answers one request.
     *
     * @param answer takes the answer, once, now or later
     */
    public void answer(String text, Caller caller, Consumer<String> answer) {
        try {
            answer(parse(text), caller, answer);
        } catch (JsonParseException | IOException | IllegalStateException e) {
            answer.accept(error(JsonNull.INSTANCE, PARSE_ERROR, "not one JSON text: " + objection(e)));
        }
    }

    private void answer(JsonElement request, Caller caller, Consumer<String> answer) {
        if (request.isJsonObject()) {
            answer(request.getAsJsonObject(), caller, answer);
        } else {
            answer.accept(error(
                    JsonNull.INSTANCE, INVALID_REQUEST, "a request is one JSON object, and batches are not taken"));
        }
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

    private void answer(JsonObject request, Caller caller, Consumer<String> answer) {
        JsonElement id = request.get("id");
        if (!isId(id)) {
            answer.accept(error(JsonNull.INSTANCE, INVALID_REQUEST, "a request has an id, a string or a number"));
            return;
        }
        Answering reply = new Answering(id, answer);
        if (!isText(request.get("jsonrpc"), "2.0")) {
            reply.error(INVALID_REQUEST, "\"jsonrpc\" is \"2.0\"");
        } else if (!(request.get("method") instanceof JsonPrimitive method) || !method.isString()) {
            reply.error(INVALID_REQUEST, "\"method\" is a string");
        } else if (request.has("params") && !request.get("params").isJsonObject()) {
            reply.error(INVALID_PARAMS, "\"params\" is an object");
        } else {
            JsonObject params = request.has("params") ? request.getAsJsonObject("params") : new JsonObject();
            call(method.getAsString(), params, caller, reply);
        }
    }

    private void call(String name, JsonObject params, Caller caller, Answering reply) {
        Registered method = methods.get(name);
        if (method == null) {
            String known = String.join(", ", methods.keySet());
            reply.error(METHOD_NOT_FOUND, "no method \"" + name + "\"; there are: " + known);
            return;
        }
        boolean changes = method.description().access() == Access.CHANGE;
        if (changes && !caller.mayChange()) {
            tell(name, caller, "refused, because root alone may", Severity.WARNING);
            reply.error(REFUSED, "\"" + name + "\" changes something, which root alone may do");
            return;
        }
        Optional<String> objection = method.description().params().objection("params", params);
        if (objection.isPresent()) {
            reply.error(INVALID_PARAMS, objection.get());
            return;
        }
        if (changes) {
            tell(name, caller, begun(params), Severity.INFO);
        }
        begin(method, params, caller, reply);
    }

    private static String begun(JsonObject params) {
        String words = params.toString();
        return params.isEmpty() ? "begun" : "begun with " + words.substring(0, Math.min(MOST_LOGGED, words.length()));
    }

    private static void begin(Registered method, JsonObject params, Caller caller, Answering reply) {
        try {
            method.method().begin(params, caller, reply);
        } catch (RefusedException e) {
            reply.refuse(e);
        } catch (IllegalArgumentException e) {
            reply.error(INVALID_PARAMS, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("{} failed", method.description().name(), e);
            reply.error(INTERNAL_ERROR, "the request failed: " + e);
        }
    }

    private void tell(String name, Caller caller, String outcome, Severity severity) {
        String words = name + " by uid " + caller.uid() + " (pid " + caller.pid() + "): " + outcome;
        events.tell(Event.of(EventKind.CONTROL_CHANGE, words).with(severity));
    }

    /** The id of a request that is not to be looked at any further; null when it has none. */
    static JsonElement idOf(String text) {
        try {
            JsonElement request = parse(text);
            JsonElement id = request.isJsonObject() ? request.getAsJsonObject().get("id") : JsonNull.INSTANCE;
            return isId(id) ? id : JsonNull.INSTANCE;
        } catch (JsonParseException | IOException | IllegalStateException e) {
            return JsonNull.INSTANCE;
        }
    }

    /** The answer to a text that could not be looked at, or to a request that failed. */
    static String error(JsonElement id, int code, String message) {
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        JsonObject answer = envelope();
        answer.add("id", id);
        answer.add("error", error);
        return answer.toString();
    }

    /** What a client is told without having asked. */
    static String notification(String method, JsonObject params) {
        JsonObject notification = envelope();
        notification.addProperty("method", method);
        notification.add("params", params);
        return notification.toString();
    }

    private static JsonObject envelope() {
        JsonObject answer = new JsonObject();
        answer.addProperty("jsonrpc", "2.0");
        return answer;
    }

    private static boolean isId(@Nullable JsonElement id) {
        return id instanceof JsonPrimitive primitive && (primitive.isString() || primitive.isNumber());
    }

    private static boolean isText(@Nullable JsonElement element, String text) {
        return element instanceof JsonPrimitive primitive
                && primitive.isString()
                && primitive.getAsString().equals(text);
    }

    /**
     * Turns the outcome of one request into its answer.
     *
     * @param id     the request's
     * @param answer takes the answer
     */
    private record Answering(JsonElement id, Consumer<String> answer) implements Reply {
        @Override
        public void result(JsonElement result) {
            JsonObject object = envelope();
            object.add("id", id);
            object.add("result", result);
            answer.accept(object.toString());
        }

        @Override
        public void refuse(RefusedException reason) {
            error(REFUSED, String.valueOf(reason.getMessage()));
        }

        void error(int code, String message) {
            answer.accept(JsonRpc.error(id, code, message));
        }
    }
}
