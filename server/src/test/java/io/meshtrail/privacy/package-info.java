/// Erasure, from bytes of the table to what a search finds. Start at `SubjectTableTest`.
package io.meshtrail.privacy;
