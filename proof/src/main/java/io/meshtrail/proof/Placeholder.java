package io.meshtrail.proof;
/** x */
final class Placeholder { private Placeholder() {} }
