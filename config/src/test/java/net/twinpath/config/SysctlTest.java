package net.twinpath.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.twinpath.config.machine.ApplianceSysctl;
import net.twinpath.config.machine.SysctlProfile;
import net.twinpath.config.machine.SysctlSetting;
import net.twinpath.config.machine.SysctlSettings;
import net.twinpath.config.toml.ConfigException;
import net.twinpath.config.toml.ConfigPosition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the table {@code [sysctl]} becomes, and the line an operator gets when it cannot be. */
class SysctlTest {
    @TempDir
    Path temporary;

    private ConfigFolder files;

    @BeforeEach
    void emptyFolder() {
        files = new ConfigFolder(temporary);
    }

    private SysctlSettings read(String... lines) throws ConfigException {
        return files.with("twinpath.toml", lines).read().machine().sysctl();
    }

    @Test
    void theProfileIsWrittenInItsOrderWithItsReasons() throws ConfigException {
        SysctlSettings sysctl = read("[sysctl]", "profile = \"appliance\"");

        assertThat(sysctl.profile()).contains(SysctlProfile.APPLIANCE);
        assertThat(sysctl.settings())
                .isEqualTo(Arrays.stream(ApplianceSysctl.values())
                        .map(setting -> new SysctlSetting(
                                setting.key(),
                                setting.value(),
                                Optional.of(setting.reason()),
                                new ConfigPosition(files.main(), 2, 1)))
                        .toList());
    }

    @Test
    void singleKeysOverrideTheProfileInItsPlaceAndOthersFollow() throws ConfigException {
        SysctlSettings sysctl =
                read("[sysctl]", "\"net.ipv4.ip_forward\" = 1", "profile = \"appliance\"", "\"vm.swappiness\" = 1");

        assertThat(sysctl.settings()).hasSize(ApplianceSysctl.values().length + 1);
        assertThat(SysctlProfile.APPLIANCE.settings().get(2)).isEqualTo(ApplianceSysctl.SWAPPINESS);
        assertThat(sysctl.settings().get(2))
                .isEqualTo(new SysctlSetting(
                        "vm.swappiness", "1", Optional.empty(), new ConfigPosition(files.main(), 4, 1)));
        assertThat(sysctl.settings().get(ApplianceSysctl.values().length).key()).isEqualTo("net.ipv4.ip_forward");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            "net.core.rmem_max" = 67108864                   | net.core.rmem_max                  | 67108864
            net.core.rmem_max = 67108864                     | net.core.rmem_max                  | 67108864
            net.ipv4.tcp_rmem = [4096, 131072, 67108864]     | net.ipv4.tcp_rmem                  | 4096 131072 67108864
            net.ipv4.tcp_rmem = " 4096\\t131072  67108864 "  | net.ipv4.tcp_rmem                  | 4096 131072 67108864
            net.ipv4.tcp_congestion_control = "bbr"          | net.ipv4.tcp_congestion_control    | bbr
            "net.ipv4.conf.bond0/100.rp_filter" = 2          | net.ipv4.conf.bond0/100.rp_filter  | 2
            net.ipv4.conf."bond0/100".rp_filter = 2          | net.ipv4.conf.bond0/100.rp_filter  | 2
            net.ipv4.ip_local_reserved_ports = ""            | net.ipv4.ip_local_reserved_ports   | ''
            kernel.sched_rt_runtime_us = -1                  | kernel.sched_rt_runtime_us         | -1
            fs.inotify.max_user_watches = 1                  | fs.inotify.max_user_watches        | 1
            """)
    void aKeyMayBeWrittenInSeveralWays(String line, String key, String value) throws ConfigException {
        assertThat(read("[sysctl]", line).settings())
                .containsExactly(new SysctlSetting(
                        key,
                        value.equals("''") ? "" : value,
                        Optional.empty(),
                        new ConfigPosition(files.main(), 2, 1)));
    }

    @Test
    void aTableMayHoldTheKeysOfABranch() throws ConfigException {
        assertThat(read("[sysctl.net.core]", "rmem_max = 1", "[sysctl.vm]", "swappiness = 2")
                        .settings())
                .extracting(SysctlSetting::key)
                .containsExactly("net.core.rmem_max", "vm.swappiness");
    }

    @Test
    void aSlashInAKeyStandsForADotOfAFileName() {
        SysctlSetting setting = new SysctlSetting(
                "net.ipv4.conf.bond0/100.rp_filter", "2", Optional.empty(), new ConfigPosition(Path.of("f"), 1, 1));

        assertThat(setting.file()).isEqualTo("net/ipv4/conf/bond0.100/rp_filter");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            profile = "server"                  | profile: "server" is not known; use "appliance"
            profile = 1                         | profile: expected a string, found an integer; example: profile = "appliance"
            profil = "appliance"                | profil: unknown key; did you mean "profile"?
            rmem_max = 1                        | rmem_max: unknown key; known are profile, and settings of the kernel such as "net.core.rmem_max"
            "net..core" = 1                     | "net..core": is no kernel setting; it has parts with dots between, such as "net.core.rmem_max"
            "net." = 1                          | "net.": is no kernel setting; it has parts with dots between, such as "net.core.rmem_max"
            "net.core.rmem max" = 1             | "net.core.rmem max": is no kernel setting; it has parts with dots between, such as "net.core.rmem_max"
            "net.ipv4.//.x" = 1                 | "net.ipv4.//.x": is no kernel setting; it has parts with dots between, such as "net.core.rmem_max"
            "net.ipv4./.x" = 1                  | "net.ipv4./.x": is no kernel setting; it has parts with dots between, such as "net.core.rmem_max"
            "net.ü.x" = 1                       | "net.\\u00fc.x": is no kernel setting; it has parts with dots between, such as "net.core.rmem_max"
            "net/ipv4/conf/eth0.5/rp_filter" = 1 | "net/ipv4/conf/eth0.5/rp_filter": write the key with dots, and slashes only for dots in names: "net.ipv4.conf.eth0/5.rp_filter"
            "/etc/passwd" = 1                   | "/etc/passwd": write the key with dots, and slashes only for dots in names: ".etc.passwd"
            net.ipv4.conf."eth0.5".rp_filter = 1 | net.ipv4.conf."eth0.5".rp_filter: a part of the key has a dot; write "net.ipv4.conf.eth0/5.rp_filter"
            dev.cdrom.autoclose = 1             | dev.cdrom.autoclose: only settings below net., vm., kernel. or fs. may be set here, which networking depends on
            "-net.core.rmem_max" = 1            | -net.core.rmem_max: only settings below net., vm., kernel. or fs. may be set here, which networking depends on
            kernel.modules_disabled = 1         | kernel.modules_disabled: may not be taken back before the next boot, so it could not be restored at stop; a file in /etc/sysctl.d is the place for it
            vm.drop_caches = 3                  | vm.drop_caches: is a command to the kernel, not a setting; nothing could be restored at stop
            net.ipv4.ip_forward = true          | net.ipv4.ip_forward: expected an integer, a string or an array of integers, found a boolean; write 1
            net.ipv4.ip_forward = false         | net.ipv4.ip_forward: expected an integer, a string or an array of integers, found a boolean; write 0
            net.ipv4.ip_forward = 1.0           | net.ipv4.ip_forward: expected an integer, a string or an array of integers, found a float
            net.ipv4.tcp_rmem = []              | net.ipv4.tcp_rmem: expected an integer, a string or an array of integers, found an empty array
            net.ipv4.tcp_rmem = [1, "2"]        | net.ipv4.tcp_rmem: expected an integer, a string or an array of integers, found an array with a string
            kernel.hostname = "a\\nb"           | kernel.hostname: a value is one line of at most 4095 characters, without control characters
            """)
    void aKeyIsWrong(String line, String problem) {
        files.with("twinpath.toml", "[sysctl]", line);

        String shown = problem.startsWith("-net") ? "\"-net.core.rmem_max\"" + problem.substring(18) : problem;
        assertThat(files.problems()).containsExactly("twinpath.toml:2:1: sysctl." + shown);
    }

    @Test
    void oneSettingInTwoWaysNamesBothPlaces() {
        files.with("twinpath.toml", "[sysctl]", "net.core.rmem_max = 1", "\"net.core.rmem_max\" = 2");

        assertThat(files.problems())
                .containsExactly("twinpath.toml:3:1: sysctl.\"net.core.rmem_max\": \"net.core.rmem_max\" stands at"
                        + " twinpath.toml:2:1 too; remove one");
    }

    @Test
    void theTableStandsInOneFileOnly() {
        files.with("twinpath.toml", "[sysctl]", "net.core.rmem_max = 1")
                .with("conf.d/1.toml", "[sysctl]", "net.core.wmem_max = 1");

        assertThat(files.problems())
                .containsExactly("conf.d/1.toml:1:1: sysctl: the table stands at twinpath.toml:1:1 too; a table may"
                        + " stand in one file only");
    }

    @ParameterizedTest
    @EnumSource
    void everySettingOfTheProfileCouldStandInAFile(ApplianceSysctl setting) {
        assertThat(SysctlKey.objectionTo(setting.key())).isEmpty();
        assertThat(setting.value()).isEqualTo(setting.value().strip().replaceAll("\\s+", " "));
        assertThat(setting.reason()).endsWith(".").doesNotContain(". ");
    }

    @Test
    void theProfileHasEachKeyOnce() {
        List<String> keys = Arrays.stream(ApplianceSysctl.values())
                .map(ApplianceSysctl::key)
                .toList();

        assertThat(keys).doesNotHaveDuplicates();
    }
}
