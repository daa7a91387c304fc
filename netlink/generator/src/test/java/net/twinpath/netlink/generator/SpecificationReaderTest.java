package net.twinpath.netlink.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from a specification, and how each kind of mistake is told. */
class SpecificationReaderTest {
    @TempDir
    private Path folder;

    private String demo = "";

    @BeforeEach
    void readDemo() throws IOException {
        demo = new String(
                Objects.requireNonNull(getClass().getResourceAsStream("/demo-route.yaml"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
    }

    @Test
    void readsEverySection() throws IOException {
        Specification specification = read(demo);
        assertThat(specification.name()).isEqualTo("demo-route");
        assertThat(specification.number()).isEqualTo(7);
        assertThat(specification.structs())
                .singleElement()
                .satisfies(struct -> assertThat(struct.length()).isEqualTo(8));
        assertThat(specification.enumerations().get(0).entries())
                .extracting(Specification.Constant::value)
                .containsExactly(1L, 0x8000_0000L);
        assertThat(specification.attributeSets().get(0).attributes()).hasSize(13);
        assertThat(specification.operations().get(1).notifies()).isEqualTo("get");
        assertThat(specification.groups())
                .extracting(Specification.Group::kernelName)
                .containsExactly("DEMOGRP_LINK");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            type: u64               | type: u63          | item-attrs/attributes/count/type: "u63" is not one of binary, flag,
            protonum: 7             | protonum: seven    | protonum: "seven" is not a whole number
            protonum: 7             | number: 7          | number: is not a key known here; known are attribute-sets,
            doc: A family           | dock: A family     | dock: is not a key known here
            value: 31               | value: 32          | definitions/demo-flags/entries/high/value: 32 is not a bit number from 0 to 31
            value: 5                | value: 4           | demo-attrs/attributes/vlan-protocol: value 4 is already used in line
            value: 5                | value: 0           | demo-attrs/attributes/vlan-protocol/value: 0 is not a number from 1 to 16383
            name: vlan-protocol     | name: mtu          | demo-attrs/attributes/mtu: mtu is already used in line
            name: vlan-protocol     | name: vlan protocol| name: "vlan protocol" is not letters and digits with single dashes
            selector: kind          | selector: sort     | demo-attrs/attributes/data: there is no attribute of this set named "sort"
            sub-message: data-msg   | sub-message: other | attributes/data: there is no sub-message named "other"
            fixed-header: demomsg   | fixed-header: msg  | attributes/peer: there is no struct named "msg"
            [mtu, address,          | [mtu, addres,      | operations/list/get/do/reply: there is no attribute of demo-attrs named "addres"
            notify: get             | notify: got        | operations/list/del-ntf: there is no operation named "got"
            attribute-set: item-attrs| attribute-set: none| formats/[0]: there is no attribute set named "none"
            multi-attr: true        | multi-attr: maybe  | attributes/items/multi-attr: "maybe" is neither true nor false
            type: binary            | type: [binary]     | attributes/address/type: is not a single value
            sub-type: nest          | sub-type: flag     | attributes/groups/sub-type: "flag" is not one of binary, nest, s32,
            struct: demomsg         | struct: item-attrs | attributes/limits: there is no struct named "item-attrs"
            byte-order: big-endian  | byte-order: middle | byte-order: "middle" is not one of big-endian, host
            protocol: netlink-raw   | protocol: netlink  | protocol: "netlink" is not one of genetlink, netlink-raw
            """)
    void aMistakeIsToldWithFileLineAndPath(String right, String wrong, String told) {
        String text = demo.replaceFirst(Pattern.quote(right), wrong);
        assertThat(text).isNotEqualTo(demo);
        assertThatExceptionOfType(SpecificationException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining(told)
                .withMessageMatching("demo\\.yaml:[0-9]+: .*");
    }

    @Test
    void theLineIsThatOfTheMistake() {
        String text = """
                name: demo
                protocol: genetlink
                version: 1
                doc: A demo.
                operations:
                  name-prefix: demo-
                  list:
                    - name: get
                      attribute-set: none
                      do:
                        request:
                          value: 1
                """;
        assertThatExceptionOfType(SpecificationException.class)
                .isThrownBy(() -> read(text))
                .withMessage("demo.yaml:8: operations/list/get: there is no attribute set named \"none\"");
    }

    @Test
    void missingKeysAndKeysGivenTwiceAreMistakes() {
        assertThatExceptionOfType(SpecificationException.class)
                .isThrownBy(() -> read(demo.replace("protonum: 7\n", "")))
                .withMessage("demo.yaml:1: key \"protonum\" is missing");
        assertThatExceptionOfType(SpecificationException.class)
                .isThrownBy(() -> read(demo.replace("protonum: 7\n", "protonum: 7\nprotonum: 8\n")))
                .withMessage("demo.yaml:4: protonum: stands twice");
    }

    @Test
    void onlyNestsAndStructsMayBeRepeated() {
        String text = demo.replace("        value: 7\n", "        value: 7\n        multi-attr: true\n");
        assertThat(text).isNotEqualTo(demo);
        assertThatExceptionOfType(SpecificationException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining("attributes/address/multi-attr: only a nest without fixed-header and a struct");
    }

    @Test
    void whatIsNotYamlIsAMistakeToo() {
        assertThatExceptionOfType(SpecificationException.class)
                .isThrownBy(() -> read("name: [demo\nprotocol: x\n"))
                .withMessageStartingWith("demo.yaml:2: not YAML: ");
        assertThatExceptionOfType(SpecificationException.class)
                .isThrownBy(() -> read(""))
                .withMessage("demo.yaml:1: the file holds no specification");
    }

    private Specification read(String text) throws IOException {
        return SpecificationReader.read(Files.writeString(folder.resolve("demo.yaml"), text));
    }
}
