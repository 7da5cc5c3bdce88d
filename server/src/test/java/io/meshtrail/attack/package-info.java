/// Attacks on the ledger, each as a recipe that is carried out at places that a seed chooses, and once more
/// without the mechanism that is against it, so that it is known what finds it. `docs/concepts/trust.md` has
/// the table.
///
/// Start with [io.meshtrail.attack.EditedFolderTest]: a folder in the hands of somebody who may write
/// everything.
package io.meshtrail.attack;
