package io.meshtrail.anchor.git;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a repository is and what is written there.
///
/// @param name the anchor's name
/// @param repository what `git push` takes: a URL without password, `host:path`, or the path of a bare
///     repository
/// @param branch made if it is not there
/// @param file the path in the repository; empty for one named after the origin
/// @param author of the commits
public record GitSettings(String name, String repository, String branch, Optional<String> file, Author author) {
    /// Who commits.
    public record Author(String name, String mail) {
        /// Unless the configuration names one.
        public static final Author MESHTRAIL = new Author("Meshtrail", "meshtrail@localhost");

        private static final Pattern FORM =
                Pattern.compile("([^<>\\p{Cntrl}]+) <([^<>\\s\\p{Cntrl}]+@[^<>\\s\\p{Cntrl}]+)>");

        /// Reads `Name <mail@host>`.
        public static Author parse(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new IllegalArgumentException("an author as Name <mail@host>, not '" + text + "'");
            }
            return new Author(form.group(1), form.group(2));
        }
    }

    public GitSettings {
        if (repository.isBlank() || repository.startsWith("-") || repository.contains("::")) {
            throw new IllegalArgumentException("a URL, host:path or a path, not " + shown(repository));
        }
        if (repository.matches("[a-z+]+://[^/@]*:[^/@]*@.*")) {
            throw new IllegalArgumentException("an address without a password; git's credential helper keeps those");
        }
        if (!branch.matches("[A-Za-z0-9][A-Za-z0-9._/-]*") || branch.contains("..") || branch.endsWith("/")) {
            throw new IllegalArgumentException("a branch of letters, digits and . _ / -, not '" + branch + "'");
        }
        if (file.isPresent()
                && !file.orElseThrow().matches("([A-Za-z0-9_][A-Za-z0-9._-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException(
                    "a path of letters, digits and . _ / -, not '" + file.orElseThrow() + "'");
        }
    }

    /// The file for a ledger's checkpoints.
    String fileFor(String origin) {
        return file.orElse(origin.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[.-]", "_") + ".checkpoints");
    }

    /// The repository without a user name.
    String shownRepository() {
        return shown(repository);
    }

    private static String shown(String repository) {
        return repository.replaceAll("://[^/@]*@", "://");
    }
}
