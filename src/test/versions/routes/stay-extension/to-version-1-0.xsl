<?xml version="1.0" encoding="UTF-8"?>
<!-- Brings 1.1 to who still reads 1.0: what is new is left out, everything else is the same under the older name. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xpath-default-namespace="urn:chapar:stay-extension:1.1">

  <xsl:template match="*">
    <xsl:element name="{local-name()}" namespace="urn:chapar:stay-extension:1.0">
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="/stayExtension/header/version/text()">1.0</xsl:template>

  <xsl:template match="/stayExtension/since"/>

</xsl:stylesheet>
