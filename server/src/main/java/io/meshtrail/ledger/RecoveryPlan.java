package io.meshtrail.ledger;
final class RecoveryPlan { static java.nio.file.Path file(java.nio.file.Path state) { return state.resolve("recovery"); } }
