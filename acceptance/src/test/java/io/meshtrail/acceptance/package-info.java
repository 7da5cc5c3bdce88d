/// Black-box tests: the packaged server as a plain process, as an operator runs it. Nothing here sees its
/// classes.
///
/// Start at [MeshAcceptanceTest]; [ServerProcess], [Api] and [Cli] are what all tests use.
package io.meshtrail.acceptance;
