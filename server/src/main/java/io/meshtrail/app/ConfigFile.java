package io.meshtrail.app;

import java.nio.file.Path;
import java.util.function.Function;

/// The configuration file that a server was started with.
///
/// @param path where it is
/// @param loaded its bytes at the start
/// @param reader reads all settings from such bytes, as at the start
record ConfigFile(Path path, byte[] loaded, Function<byte[], ServerConfig> reader) {}
