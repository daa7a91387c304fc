package net.twinpath.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every text gets one JSON-RPC 2.0 answer. */
class JsonRpcTest {
    private final JsonRpc rpc = new JsonRpc();

    @BeforeEach
    void methods() {
        rpc.asking("version", params -> new JsonPrimitive("1"));
        rpc.asking("picky", params -> {
            throw new IllegalArgumentException("no param \"x\"");
        });
        rpc.asking("broken", params -> {
            throw new IllegalStateException("broken");
        });
    }

    @Test
    void resultCarriesTheRequestsId() {
        assertThat(rpc.answer("{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"method\":\"version\"}", false))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"result\":\"1\"}");
        assertThat(rpc.answer("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"version\",\"params\":{}}", false))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":\"1\"}");
    }

    @Test
    void whatChangesSomethingIsForRootAndMayBeRefusedWithAReason() {
        rpc.changing("reload", params -> {
            throw new RefusedException("line 7 is wrong");
        });
        String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"reload\"}";

        assertThat(rpc.answer(request, false))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32000,"
                        + "\"message\":\"\\\"reload\\\" changes something, which root alone may do\"}}");
        assertThat(rpc.answer(request, true))
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
        assertThat(rpc.answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"stat\"}", false))
                .contains("no method \\\"stat\\\"; there are: broken, picky, version");
    }

    @Test
    void failureOfTheMethodItselfIsTheServersToReport() {
        assertThatThrownBy(() -> rpc.answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"broken\"}", false))
                .isInstanceOf(IllegalStateException.class);
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
                    JsonParser.parseString(rpc.answer(text.toString(), false)).getAsJsonObject();
            assertThat(answer.has("result") ^ answer.has("error"))
                    .as(text.toString())
                    .isTrue();
        }
    }

    private void refused(String request, int code) {
        JsonObject answer = JsonParser.parseString(rpc.answer(request, false)).getAsJsonObject();
        assertThat(answer.getAsJsonObject("error").get("code").getAsInt())
                .as(request)
                .isEqualTo(code);
    }
}
