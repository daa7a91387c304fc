package net.twinpath.daemon.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

/** Keys and values, letter by letter. */
class KeyValueWriterTest {
    private static String write(String json) {
        return new KeyValueWriter().write(JsonParser.parseString(json).getAsJsonObject(), () -> "");
    }

    @Test
    void whatStandsInAListIsCalledByItsNameElseByItsPlace() {
        assertThat(write("""
                {"paths": [{"name": "dup0", "links": [{"name": "lan0", "mtu": 1500}], "address": ["a", "b"]}],
                 "nodes": [{"address": "02:00:00:00:00:0a", "kind": "DAN"}], "none": [], "empty": {}}
                """)).isEqualTo("""
                paths.dup0.name=dup0
                paths.dup0.links.lan0.name=lan0
                paths.dup0.links.lan0.mtu=1500
                paths.dup0.address.0=a
                paths.dup0.address.1=b
                nodes.02:00:00:00:00:0a.address=02:00:00:00:00:0a
                nodes.02:00:00:00:00:0a.kind=DAN
                """);
    }

    @Test
    void aKeyOrValueNeverLooksLikeAnother() {
        assertThat(write("""
                {"a.b": "x=y", "": "line\\nfeed", "q\\"": "back\\\\slash", "nothing": null, "yes": true, "n": -1.5}
                """)).isEqualTo("""
                "a.b"=x=y
                ""=line\\nfeed
                "q\\""=back\\\\slash
                nothing=
                yes=true
                n=-1.5
                """);
    }
}
