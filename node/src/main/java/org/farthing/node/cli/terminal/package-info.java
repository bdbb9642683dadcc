/** What people see: lines, tables, colours, questions. */
package org.farthing.node.cli.terminal;
