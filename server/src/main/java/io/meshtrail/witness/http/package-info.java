/// The witness protocol over HTTP: [io.meshtrail.witness.http.WitnessListener] serves a witness,
/// [io.meshtrail.witness.http.HttpWitnessTransport] asks those of others.
@NullMarked
package io.meshtrail.witness.http;

import org.jspecify.annotations.NullMarked;
