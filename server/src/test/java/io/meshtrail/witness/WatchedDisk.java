package io.meshtrail.witness;

import io.meshtrail.host.Disk;
import io.meshtrail.host.system.SystemDisk;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The real disk, which writes down what is replaced and fails when it is told to.
final class WatchedDisk {
    /// What becomes of the next replacement.
    enum Next {
        SUCCEEDS,
        FAILS_WITHOUT_EFFECT,
        FAILS_BUT_TOOK_EFFECT
    }

    private final Disk machine = new SystemDisk();
    private final List<byte[]> replaced = new CopyOnWriteArrayList<>();
    private volatile Next next = Next.SUCCEEDS;

    void next(Next what) {
        next = what;
    }

    /// The contents in the order of their writing.
    List<byte[]> replaced() {
        return replaced;
    }

    Disk disk() {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("replace")) {
                        replace((Path) arguments[0], (byte[]) arguments[1]);
                        return null;
                    }
                    try {
                        return method.invoke(machine, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private void replace(Path file, byte[] bytes) throws IOException {
        Next fate = next;
        next = Next.SUCCEEDS;
        if (fate != Next.FAILS_WITHOUT_EFFECT) {
            machine.replace(file, bytes);
            replaced.add(bytes);
        }
        if (fate != Next.SUCCEEDS) {
            throw new IOException("the disk fails");
        }
    }
}
