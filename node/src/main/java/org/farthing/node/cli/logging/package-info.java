/** What the loggers of all packages write, and where to: the only importer of Logback. */
package org.farthing.node.cli.logging;
