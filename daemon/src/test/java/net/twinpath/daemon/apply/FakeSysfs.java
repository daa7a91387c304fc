package net.twinpath.daemon.apply;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A sysfs tree in a folder, with what {@link SysfsDevices} reads of it. */
final class FakeSysfs {
    private final Path root;

    FakeSysfs(Path root) {
        this.root = root;
    }

    SysfsDevices devices() {
        return new SysfsDevices(root);
    }

    /** An interface and what drives it, a path below {@code /sys/devices}. */
    FakeSysfs device(String name, int index, String device) {
        Path folder = virtual(name, index);
        link(folder, "device", folder(device));
        folder(device + "/net/" + name);
        return this;
    }

    private Path virtual(String name, int index) {
        try {
            Path folder = Files.createDirectories(root.resolve("class/net").resolve(name));
            Files.writeString(folder.resolve("ifindex"), index + "\n");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeSysfs portId(String name, String id) {
        try {
            Files.writeString(root.resolve("class/net").resolve(name).resolve("phys_port_id"), id + "\n");
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a PCI function a virtual one of another. */
    FakeSysfs virtualFunction(String function, String physicalFunction) {
        link(folder(function), "physfn", folder(physicalFunction));
        return this;
    }

    private Path folder(String device) {
        try {
            return Files.createDirectories(root.resolve("devices").resolve(device));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Relative, as sysfs has them. */
    private static void link(Path folder, String name, Path to) {
        try {
            Files.createSymbolicLink(folder.resolve(name), folder.relativize(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
