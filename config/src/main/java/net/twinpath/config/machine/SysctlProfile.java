package net.twinpath.config.machine;

import java.util.Arrays;
import java.util.List;
import net.twinpath.config.value.Keyword;

/** A named set of kernel settings. */
public enum SysctlProfile implements Keyword {
    /** A machine whose purpose is to carry frames. */
    APPLIANCE("appliance");

    private final String text;

    SysctlProfile(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }

    /** What the profile sets, in the order of the man page. */
    public List<ApplianceSysctl> settings() {
        return Arrays.asList(ApplianceSysctl.values());
    }
}
