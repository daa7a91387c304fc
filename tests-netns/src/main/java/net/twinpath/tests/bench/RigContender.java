package net.twinpath.tests.bench;

import net.twinpath.tests.fixture.TemporaryFolder;

/** One that has a process at each of two hosts. */
abstract class RigContender implements Contender {
    private final String name;
    private final TemporaryFolder folder;
    private final Rig rig;

    /**
     * @param name  in the results
     * @param label names its files
     * @param rig   its hosts
     */
    RigContender(String name, String label, Rig rig) {
        this.name = name;
        this.folder = TemporaryFolder.create(label);
        this.rig = rig;
    }

    /** Ends its processes. */
    abstract void stop();

    final TemporaryFolder folder() {
        return folder;
    }

    final Rig rig() {
        return rig;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String from() {
        return rig.from();
    }

    @Override
    public final String to() {
        return rig.to();
    }

    @Override
    public final void close() {
        stop();
        rig.close();
        folder.close();
    }
}
