package net.twinpath.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.twinpath.daemon.event.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every text gets one JSON-RPC 2.0 answer. */
class JsonRpcTest {
    private final List<Event> told = new ArrayList<>();
    private final JsonRpc rpc = new JsonRpc(told::add);

    @BeforeEach
    void methods() {
        rpc.add(method("version", Access.READ), params -> new JsonPrimitive("1"));
        rpc.add(method("picky", Access.READ), params -> {
            throw new IllegalArgumentException("no param \"x\"");
        });
        rpc.add(method("broken", Access.READ), params -> {
            throw new IllegalStateException("broken");
        });
    }

    private static MethodDescription method(String name, Access access) {
        Schema params = Schema.object("params")
                .maybe("a", Schema.list("anything", Schema.any()))
                .maybe("n", Schema.whole("a number", 2, 9))
                .maybe("w", Schema.word("a word", List.of("this", "that")));
        return new MethodDescription(name, name, access, params, Schema.any());
    }

    private String answer(String request, boolean isRoot) {
        List<String> answers = new ArrayList<>();
        rpc.answer(request, new FakeCaller(isRoot ? 0 : 1_000), answers::add);
        assertThat(answers).as(request).hasSize(1);
        return answers.get(0);
    }

    @Test
    void resultCarriesTheRequestsId() {
        assertThat(answer("{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"method\":\"version\"}", false))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"result\":\"1\"}");
        assertThat(answer("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"version\",\"params\":{}}", false))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"1\"}");
    }

    @Test
    void whatChangesSomethingIsForRootAndMayBeRefusedWithAReason() {
        rpc.add(method("reload", Access.CHANGE), params -> {
            throw new RefusedException("line 7 is wrong");
        });
        String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"reload\"}";

        assertThat(answer(request, false))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,"
                        + "\"message\":\"\\\"reload\\\" changes something, which root alone may do\"}}");
        assertThat(answer(request, true))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,"
                        + "\"message\":\"line 7 is wrong\"}}");
    }

    @Test
    void wrongRequestsGetTheStandardsErrors() {
        refused("", -32_700);
        refused("{", -32_700);
        refused("{} {}", -32_700);
        refused("{\"jsonrpc\":\"2.0\",id:1}", -32_700);
        refused("[" + "[".repeat(100_000), -32_700);
        refused("[]", -32_600);
        refused("7", -32_600);
        refused("{}", -32_600);
        refused("{\"jsonrpc\":\"2.0\",\"method\":\"version\"}", -32_600);
        refused("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"version\"}", -32_600);
        refused("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"version\"}", -32_600);
        refused("{\"jsonrpc\":\"2.0\",\"id\":1}", -32_600);
        refused("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", -32_600);
        refused("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"version\",\"params\":[]}", -32_602);
        refused("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"picky\"}", -32_602);
        refused("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nosuch\"}", -32_601);
    }

    @Test
    void unknownMethodIsToldTheKnownOnes() {
        assertThat(answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"stat\"}", false))
                .contains("no method \\\"stat\\\"; there are: broken, picky, system.describe, version");
    }

    @Test
    void failureOfTheMethodItselfIsAnsweredAsSuch() {
        assertThat(answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"broken\"}", false))
                .contains("\"id\":1,\"error\":{\"code\":-32603,")
                .contains("broken");
    }

    @Test
    void everyRequestForAChangeIsToldWithWhoAsked() {
        rpc.add(method("reload", Access.CHANGE), params -> new JsonPrimitive("1"));
        answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"reload\",\"params\":{\"n\":3}}", true);
        answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"reload\"}", false);
        answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"version\"}", false);
        assertThat(told)
                .extracting(event -> event.severity() + " " + event.words())
                .containsExactly(
                        "INFO reload by uid 0 (pid 42): begun with {\"n\":3}",
                        "WARNING reload by uid 1000 (pid 42): refused, because root alone may");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"n": 1}          | "n" must be a whole number from 2 to 9
            {"n": 10}         | "n" must be a whole number from 2 to 9
            {"n": 2.5}        | "n" must be a whole number from 2 to 9
            {"n": 1e999999}   | "n" must be a whole number from 2 to 9
            {"n": "2"}        | "n" must be a whole number from 2 to 9
            {"n": null}       | "n" must be a whole number from 2 to 9
            {"w": "other"}    | "w" must be "this" or "that"
            {"a": {}}         | "a" must be a list
            {"m": 1}          | "params" takes no "m"; it takes: a, n, w
            """)
    void paramsAreCheckedBeforeTheMethodIsCalled(String params, String objection) {
        String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"version\",\"params\":" + params + "}";
        JsonObject error =
                JsonParser.parseString(answer(request, false)).getAsJsonObject().getAsJsonObject("error");
        assertThat(error.get("code").getAsInt()).isEqualTo(-32_602);
        assertThat(error.get("message").getAsString()).isEqualTo(objection);
    }

    @Test
    void anAnswerMayComeLaterAndOutOfOrder() {
        List<Reply> later = new ArrayList<>();
        rpc.add(method("slow", Access.READ), (params, caller, reply) -> later.add(reply));
        List<String> answers = new ArrayList<>();
        rpc.answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"slow\"}", new FakeCaller(0), answers::add);
        rpc.answer("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"version\"}", new FakeCaller(0), answers::add);
        later.get(0).result(new JsonPrimitive("at last"));
        assertThat(answers)
                .containsExactly(
                        "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":\"1\"}",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"at last\"}");
    }

    @Test
    void anyDamagedRequestStillGetsAnAnswer() {
        SplittableRandom random = new SplittableRandom(0x5E55101D);
        String good = "{\"jsonrpc\":\"2.0\",\"id\":\"0b1\",\"method\":\"version\",\"params\":{\"a\":[1,2,null]}}";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x20, 0x7F));
            }
            JsonObject answer =
                    JsonParser.parseString(answer(text.toString(), false)).getAsJsonObject();
            assertThat(answer.has("result") ^ answer.has("error"))
                    .as(text.toString())
                    .isTrue();
        }
    }

    private void refused(String request, int code) {
        JsonObject answer = JsonParser.parseString(answer(request, false)).getAsJsonObject();
        assertThat(answer.getAsJsonObject("error").get("code").getAsInt())
                .as(request)
                .isEqualTo(code);
    }
}
