<?xml version="1.0" encoding="UTF-8"?>
<!--
  Takes out a ground that would tell the labour ministry that someone seeks protection or is a victim of trafficking (¶106,
  ¶208): those that the code list marks as protected. A ground that the code list does not have is taken out too.
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xpath-default-namespace="urn:chapar:work-permit:1.0">

  <xsl:mode on-no-match="shallow-copy"/>

  <xsl:variable name="told"
      select="doc('code-list:work-permit-exemption-grounds')/Q{}codeList/Q{}entry[not(@protected = 'true')]/@code"/>

  <xsl:template match="/workPermit/decision/notRequired/ground[not(. = $told)]"/>

</xsl:stylesheet>
