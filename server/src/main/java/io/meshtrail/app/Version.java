package io.meshtrail.app;

/// The version of this build.
final class Version {
    private Version() {}

    static String of() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
